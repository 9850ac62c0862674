import { DefaultNamingStrategy } from 'typeorm';
const snake = (name) => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
/** outgoing.authMethod to outgoing_auth_method: names that read in psql without quotes. */
export class SnakeNaming extends DefaultNamingStrategy {
    columnName(property, customName, prefixes) {
        return customName || snake([...prefixes, property].join('_'));
    }
    primaryKeyName(table) {
        return `${typeof table === 'string' ? table : table.name}_pk`;
    }
}
//# sourceMappingURL=snake-naming.js.map