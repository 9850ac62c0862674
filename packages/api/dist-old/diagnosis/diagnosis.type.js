var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
import { CREDENTIAL_MAX_LENGTH, DiagnosisOutcome, DiagnosisSide, DiagnosisStepKind, } from '@mailroom/shared';
import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { SecretLength } from '../validation/rules.js';
registerEnumType(DiagnosisSide, { name: 'DiagnosisSide', description: 'Sending or receiving.' });
registerEnumType(DiagnosisStepKind, {
    name: 'DiagnosisStepKind',
    description: 'Steps of a connection, in the order that the encryption mode needs.',
});
registerEnumType(DiagnosisOutcome, {
    name: 'DiagnosisOutcome',
    description: 'SKIPPED: not asked for, or an earlier step failed.',
});
let CertificateFacts = class CertificateFacts {
};
__decorate([
    Field(() => String, { description: 'Whom it names.' })
], CertificateFacts.prototype, "subject", void 0);
__decorate([
    Field(() => String, { description: 'Who vouches for it.' })
], CertificateFacts.prototype, "issuer", void 0);
__decorate([
    Field(() => [String], { description: 'The host names and addresses that it is for.' })
], CertificateFacts.prototype, "altNames", void 0);
__decorate([
    Field(() => GraphQLDateTime, { description: 'Valid from.' })
], CertificateFacts.prototype, "validFrom", void 0);
__decorate([
    Field(() => GraphQLDateTime, { description: 'Valid until.' })
], CertificateFacts.prototype, "validTo", void 0);
__decorate([
    Field(() => String, { description: 'SHA-256 of it, as pinnedCertificate takes it.' })
], CertificateFacts.prototype, "fingerprint256", void 0);
__decorate([
    Field(() => Boolean, { description: 'Whether it was accepted for this connection.' })
], CertificateFacts.prototype, "trusted", void 0);
CertificateFacts = __decorate([
    ObjectType({ description: 'What a person needs to know of a certificate to trust it or not.' })
], CertificateFacts);
export { CertificateFacts };
let SettingChange = class SettingChange {
};
__decorate([
    Field(() => String, {
        description: 'The field of MailServerInput, such as "outgoing.encryption".',
    })
], SettingChange.prototype, "path", void 0);
__decorate([
    Field(() => String, {
        description: "What it takes: an enum's word, a number in digits, true or false, or a text.",
    })
], SettingChange.prototype, "value", void 0);
SettingChange = __decorate([
    ObjectType({ description: 'One setting and what it should be.' })
], SettingChange);
export { SettingChange };
let DiagnosisSuggestion = class DiagnosisSuggestion extends SettingChange {
};
__decorate([
    Field(() => [SettingChange], { description: 'Changes that belong to it.' })
], DiagnosisSuggestion.prototype, "also", void 0);
__decorate([
    Field(() => String, { description: "What a button says, in the caller's language." })
], DiagnosisSuggestion.prototype, "label", void 0);
DiagnosisSuggestion = __decorate([
    ObjectType({ description: 'A change of settings that would mend a problem.' })
], DiagnosisSuggestion);
export { DiagnosisSuggestion };
let DiagnosisStep = class DiagnosisStep {
};
__decorate([
    Field(() => DiagnosisSide, { description: 'The side that it belongs to.' })
], DiagnosisStep.prototype, "side", void 0);
__decorate([
    Field(() => DiagnosisStepKind, { description: 'What was done.' })
], DiagnosisStep.prototype, "kind", void 0);
__decorate([
    Field(() => DiagnosisOutcome, { description: 'How it went.' })
], DiagnosisStep.prototype, "outcome", void 0);
__decorate([
    Field(() => Float, { description: 'Milliseconds.' })
], DiagnosisStep.prototype, "durationMs", void 0);
__decorate([
    Field(() => String, {
        nullable: true,
        description: 'What the server said or showed, secrets taken out.',
    })
], DiagnosisStep.prototype, "detail", void 0);
__decorate([
    Field(() => String, {
        nullable: true,
        description: 'A stable code for what went wrong, such as TLS_CERTIFICATE_UNTRUSTED, TLS_NOT_OFFERED, AUTH_REJECTED, AUTH_METHOD_NOT_OFFERED, CONNECT_REFUSED, TIMEOUT, NOT_THIS_PROTOCOL. All are in docs/diagnosis.md.',
    })
], DiagnosisStep.prototype, "problem", void 0);
__decorate([
    Field(() => CertificateFacts, {
        nullable: true,
        description: 'The certificate that the server has shown, at the step that judged it.',
    })
], DiagnosisStep.prototype, "certificate", void 0);
__decorate([
    Field(() => [String], {
        description: 'Authentication methods on offer, as the server names them, once they are known.',
    })
], DiagnosisStep.prototype, "authMethods", void 0);
__decorate([
    Field(() => [String], {
        description: 'What passed on the wire, secrets taken out: "C:" before what Mailroom said, "S:" before what the server said.',
    })
], DiagnosisStep.prototype, "transcript", void 0);
DiagnosisStep = __decorate([
    ObjectType({ description: 'How one step of a diagnosis went.' })
], DiagnosisStep);
export { DiagnosisStep };
let Diagnosis = class Diagnosis {
};
__decorate([
    Field(() => DiagnosisOutcome, { description: 'The worst of its steps.' })
], Diagnosis.prototype, "outcome", void 0);
__decorate([
    Field(() => [DiagnosisStep], { description: 'In the order in which they ended.' })
], Diagnosis.prototype, "steps", void 0);
__decorate([
    Field(() => CertificateFacts, { nullable: true, description: 'What the outgoing side showed.' })
], Diagnosis.prototype, "outgoingCertificate", void 0);
__decorate([
    Field(() => CertificateFacts, { nullable: true, description: 'What the incoming side showed.' })
], Diagnosis.prototype, "incomingCertificate", void 0);
__decorate([
    Field(() => [String], {
        description: 'Methods that the outgoing side offers, as it names them.',
    })
], Diagnosis.prototype, "outgoingAuthMethods", void 0);
__decorate([
    Field(() => [String], {
        description: 'Methods that the incoming side offers, as it names them.',
    })
], Diagnosis.prototype, "incomingAuthMethods", void 0);
Diagnosis = __decorate([
    ObjectType({ description: 'How connecting to both sides went.' })
], Diagnosis);
export { Diagnosis };
let DiagnosisCredentialsInput = class DiagnosisCredentialsInput {
};
__decorate([
    Field(() => String, { nullable: true, description: 'To sign in to the incoming side.' }),
    SecretLength(0, CREDENTIAL_MAX_LENGTH)
], DiagnosisCredentialsInput.prototype, "incomingUsername", void 0);
__decorate([
    Field(() => String, { nullable: true, description: 'To sign in to the incoming side.' }),
    SecretLength(0, CREDENTIAL_MAX_LENGTH)
], DiagnosisCredentialsInput.prototype, "incomingPassword", void 0);
__decorate([
    Field(() => String, { nullable: true, description: 'Where outgoing.credentials is OUTGOING.' }),
    SecretLength(0, CREDENTIAL_MAX_LENGTH)
], DiagnosisCredentialsInput.prototype, "outgoingUsername", void 0);
__decorate([
    Field(() => String, { nullable: true, description: 'Where outgoing.credentials is OUTGOING.' }),
    SecretLength(0, CREDENTIAL_MAX_LENGTH)
], DiagnosisCredentialsInput.prototype, "outgoingPassword", void 0);
DiagnosisCredentialsInput = __decorate([
    InputType({
        description: 'Names and passwords to try; used for this diagnosis and kept nowhere.',
    })
], DiagnosisCredentialsInput);
export { DiagnosisCredentialsInput };
//# sourceMappingURL=diagnosis.type.js.map