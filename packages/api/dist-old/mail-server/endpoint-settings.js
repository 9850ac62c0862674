var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
import { CA_CERTIFICATE_MAX_LENGTH, HOST_MAX_LENGTH, PORT_MAX, PORT_MIN, TIMEOUT_DEFAULT_SECONDS, TIMEOUT_MAX_SECONDS, TIMEOUT_MIN_SECONDS, } from '@mailroom/shared';
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { Column } from 'typeorm';
import { Between, CertificatePem, Fingerprint, Host } from '../validation/rules.js';
import { EncryptionMode } from './mail-server-enums.js';
/** What both sides have: where to connect, how it is encrypted, how long to wait, whom to trust. */
let EndpointSettings = class EndpointSettings {
};
__decorate([
    Field(() => String, { description: 'A host name (IDN allowed), an IPv4 or an IPv6 literal.' }),
    Column({ type: 'varchar', length: HOST_MAX_LENGTH }),
    Host(HOST_MAX_LENGTH)
], EndpointSettings.prototype, "host", void 0);
__decorate([
    Field(() => Int, { description: '1 to 65535.' }),
    Column({ type: 'int' }),
    Between(PORT_MIN, PORT_MAX)
], EndpointSettings.prototype, "port", void 0);
__decorate([
    Field(() => EncryptionMode, {
        description: 'Whether and how the connection is encrypted.',
        defaultValue: EncryptionMode.SSL,
    }),
    Column({ type: 'varchar', length: 20 })
], EndpointSettings.prototype, "encryption", void 0);
__decorate([
    Field(() => Int, {
        description: '1 to 120: the wall clock of each step of the protocol.',
        defaultValue: TIMEOUT_DEFAULT_SECONDS,
    }),
    Column({ type: 'int' }),
    Between(TIMEOUT_MIN_SECONDS, TIMEOUT_MAX_SECONDS)
], EndpointSettings.prototype, "timeoutSeconds", void 0);
__decorate([
    Field(() => String, {
        nullable: true,
        description: "SHA-256 of the one certificate to trust in place of the system's authorities, as 64 hex digits.",
    }),
    Column({ type: 'varchar', length: 64, nullable: true }),
    Fingerprint()
], EndpointSettings.prototype, "pinnedCertificate", void 0);
__decorate([
    Field(() => String, {
        nullable: true,
        description: "Certificates in PEM of a private authority, trusted besides the system's for this server and side only.",
    }),
    Column({ type: 'varchar', length: CA_CERTIFICATE_MAX_LENGTH, nullable: true }),
    CertificatePem(CA_CERTIFICATE_MAX_LENGTH)
], EndpointSettings.prototype, "caCertificate", void 0);
EndpointSettings = __decorate([
    ObjectType(),
    InputType('EndpointSettingsInput')
], EndpointSettings);
export { EndpointSettings };
//# sourceMappingURL=endpoint-settings.js.map