import 'reflect-metadata';
import { DataSource } from 'typeorm';
/** The database as TypeORM sees it. `url` is a postgres:// address. Nothing is opened yet. */
export declare function createDataSource(url: string): DataSource;
