import { AppError } from '../errors.js';
export declare const mailServerNotFound: () => AppError;
export declare const mailServerChanged: (version: number) => AppError;
export declare const orderChanged: () => AppError;
export declare const countChanged: (count: number) => AppError;
export declare const restoredCodeInUse: (code: string) => AppError;
export declare const tooManyMailServers: (max: number) => AppError;
