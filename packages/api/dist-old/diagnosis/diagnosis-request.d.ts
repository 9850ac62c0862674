import type { MailServerInput } from '../mail-server/mail-server.input.js';
import type { DiagnosisRequest } from './diagnosis-report.js';
import type { DiagnosisCredentialsInput } from './diagnosis.type.js';
/** What was typed as what is diagnosed: settings as they would be stored, names with their passwords. */
export declare function diagnosisRequest(input: MailServerInput, credentials: DiagnosisCredentialsInput | null | undefined): DiagnosisRequest;
