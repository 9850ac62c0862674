import { chromium } from '@playwright/test'
import AxeBuilder from '@axe-core/playwright'
const url='http://127.0.0.1:4611'
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu']})
export async function session(loginName,{width=1440,scheme='light',locale='ja-JP'}={}){
  const c=await b.newContext({locale,colorScheme:scheme,viewport:{width,height:900}})
  const p=await c.newPage()
  p.on('pageerror',e=>console.log('PAGEERROR',e.message)); p.on('console',m=>{if(['error','warning'].includes(m.type()))console.log('CONSOLE',m.text().slice(0,300))})
  await p.request.post(url+'/graphql',{data:{query:'mutation($l:String!,$p:String!){signIn(loginName:$l,password:$p){id}}',variables:{l:loginName,p:'correct horse battery'}}})
  return p
}
export async function axe(p,where){const {violations}=await new AxeBuilder({page:p}).analyze();for(const v of violations)console.log('AXE',where,v.id,v.nodes.map(n=>n.target.join(' ')+' :: '+n.html.slice(0,160)).join(' | '));
 const o=await p.evaluate(()=>{const d=document.documentElement;return [d.scrollWidth-d.clientWidth,d.scrollHeight-d.clientHeight]}); if(o[0]||o[1])console.log('OVERFLOW',where,o)}
export const shot=(p,n)=>p.screenshot({path:`/tmp/accweb-stack/${n}.png`})
export {url,b}
