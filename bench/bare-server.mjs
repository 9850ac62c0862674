// What Node and pg can do without us: one prepared statement, rows to JSON. Speaks no GraphQL.
import { createServer } from 'node:http'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 12 })
const OPTIONS = {
  name: 'options',
  text: 'SELECT id, code, name, deleted_at FROM mail_server WHERE deleted_at IS NULL ORDER BY position',
}
const SERVERS = {
  name: 'servers',
  text: 'SELECT * FROM mail_server WHERE deleted_at IS NULL ORDER BY position',
}

const toOption = ({ id, code, name, deleted_at }) => ({ id, code, name, deletedAt: deleted_at })
const toServer = (row) => ({
  ...{ id: row.id, code: row.code, name: row.name, position: row.position, accountCount: 0 },
  ...{
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
  },
  outgoing: {
    ...{ host: row.outgoing_host, port: row.outgoing_port, encryption: row.outgoing_encryption },
    ...{ authMethod: row.outgoing_auth_method, credentials: row.outgoing_credentials },
    popBeforeSmtp: row.outgoing_pop_before_smtp,
    popBeforeSmtpWaitSeconds: row.outgoing_pop_before_smtp_wait_seconds,
    timeoutSeconds: row.outgoing_timeout_seconds,
    pinnedCertificate: row.outgoing_pinned_certificate,
  },
  incoming: {
    ...{ protocol: row.incoming_protocol, host: row.incoming_host, port: row.incoming_port },
    ...{ encryption: row.incoming_encryption, apop: row.incoming_apop },
    timeoutSeconds: row.incoming_timeout_seconds,
    pinnedCertificate: row.incoming_pinned_certificate,
  },
})

const server = createServer((request, response) => {
  request.resume()
  request.once('end', async () => {
    const isOptions = request.url === '/options'
    const { rows } = await pool.query(isOptions ? OPTIONS : SERVERS)
    const data = isOptions
      ? { mailServerOptions: rows.map(toOption) }
      : { mailServers: rows.map(toServer) }
    const body = Buffer.from(JSON.stringify({ data }))
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': body.length,
    })
    response.end(body)
  })
})
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`ready: http://127.0.0.1:${server.address().port}\n`),
)
