import { DefaultNamingStrategy, type NamingStrategyInterface } from 'typeorm';
/** outgoing.authMethod to outgoing_auth_method: names that read in psql without quotes. */
export declare class SnakeNaming extends DefaultNamingStrategy implements NamingStrategyInterface {
    columnName(property: string, customName: string, prefixes: string[]): string;
    primaryKeyName(table: {
        name: string;
    } | string): string;
}
