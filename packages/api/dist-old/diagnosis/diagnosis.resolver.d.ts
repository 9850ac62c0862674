import type { RequestContext } from '../graphql/request-context.js';
import { MailServerInput } from '../mail-server/mail-server.input.js';
import { type DiagnosisService } from './diagnosis.service.js';
import { Diagnosis, DiagnosisCredentialsInput, DiagnosisStep, DiagnosisSuggestion } from './diagnosis.type.js';
export declare class DiagnosisResolver {
    private readonly diagnoses;
    constructor(diagnoses: DiagnosisService);
    diagnoseMailServer(input: MailServerInput, credentials: DiagnosisCredentialsInput | null | undefined, context: RequestContext): Promise<Diagnosis>;
    mailServerDiagnosis(step: DiagnosisStep, _input: MailServerInput, _credentials?: DiagnosisCredentialsInput | null): DiagnosisStep;
    advice({ problem }: DiagnosisStep, { language }: RequestContext): string | null;
    suggestion({ problem, suggestion }: DiagnosisStep, { language }: RequestContext): DiagnosisSuggestion | null;
}
