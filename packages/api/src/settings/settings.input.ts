import { InputType } from 'type-graphql'
import { ProductSettings } from './product-settings.js'

/** The whole of the settings: an update replaces them all. */
@InputType({ description: 'What holds for the whole installation; an update replaces it all.' })
export class SettingsInput extends ProductSettings {}
