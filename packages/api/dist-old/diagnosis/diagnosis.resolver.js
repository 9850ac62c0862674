var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
var __param = (this && this.__param) || function (paramIndex, decorator) {
    return function (target, key) { decorator(target, key, paramIndex); }
};
import { problemWords, UserRole } from '@mailroom/shared';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root, Subscription } from 'type-graphql';
import { Access } from '../auth/access.js';
import { unauthenticated } from '../errors.js';
import { validateInput } from '../graphql/validate-input.js';
import { IncomingSettings } from '../mail-server/incoming-settings.js';
import { MailServerInput } from '../mail-server/mail-server.input.js';
import { OutgoingSettings } from '../mail-server/outgoing-settings.js';
import {} from './diagnosis.service.js';
import { Diagnosis, DiagnosisCredentialsInput, DiagnosisStep, DiagnosisSuggestion, } from './diagnosis.type.js';
import { diagnosisRequest } from './diagnosis-request.js';
import { suggestionLabel } from './suggestion-words.js';
let DiagnosisResolver = class DiagnosisResolver {
    constructor(diagnoses) {
        this.diagnoses = diagnoses;
    }
    async diagnoseMailServer(input, credentials, context) {
        const request = diagnosisRequest(input, credentials);
        const report = await this.diagnoses.run(callerId(context), request, context.signal);
        return {
            outcome: report.outcome,
            steps: report.steps,
            outgoingCertificate: report.outgoing.certificate,
            incomingCertificate: report.incoming.certificate,
            outgoingAuthMethods: report.outgoing.authMethods,
            incomingAuthMethods: report.incoming.authMethods,
        };
    }
    mailServerDiagnosis(step, _input, _credentials) {
        return step;
    }
    advice({ problem }, { language }) {
        return problem && problemWords(problem, language).advice;
    }
    suggestion({ problem, suggestion }, { language }) {
        if (problem === null || suggestion === null)
            return null;
        return { ...suggestion, label: suggestionLabel(suggestion, problem, language) };
    }
};
__decorate([
    Access(UserRole.ADMIN),
    Mutation(() => Diagnosis, {
        description: 'Connects as sending and receiving would, and says how each step went. Stores nothing.',
    }),
    __param(0, Arg('input', () => MailServerInput)),
    __param(1, Arg('credentials', () => DiagnosisCredentialsInput, { nullable: true })),
    __param(2, Ctx())
], DiagnosisResolver.prototype, "diagnoseMailServer", null);
__decorate([
    Access(UserRole.ADMIN),
    Subscription(() => DiagnosisStep, {
        description: 'Each step as it ends; completes after the last. Unsubscribing stops the connections.',
        subscribe: async ({ args, context }) => {
            const input = Object.assign(new MailServerInput(), args.input, {
                outgoing: Object.assign(new OutgoingSettings(), args.input.outgoing),
                incoming: Object.assign(new IncomingSettings(), args.input.incoming),
            });
            const credentials = Object.assign(new DiagnosisCredentialsInput(), args.credentials);
            await validateInput(input, credentials);
            return context.stepsOf(diagnosisRequest(input, credentials));
        },
    }),
    __param(0, Root()),
    __param(1, Arg('input', () => MailServerInput)),
    __param(2, Arg('credentials', () => DiagnosisCredentialsInput, { nullable: true }))
], DiagnosisResolver.prototype, "mailServerDiagnosis", null);
__decorate([
    FieldResolver(() => String, {
        nullable: true,
        description: "One sentence that says what to do about the problem, in the caller's language.",
    }),
    __param(0, Root()),
    __param(1, Ctx())
], DiagnosisResolver.prototype, "advice", null);
__decorate([
    FieldResolver(() => DiagnosisSuggestion, {
        nullable: true,
        description: 'The change of settings that would mend the problem, where there is one.',
    }),
    __param(0, Root()),
    __param(1, Ctx())
], DiagnosisResolver.prototype, "suggestion", null);
DiagnosisResolver = __decorate([
    Resolver(() => DiagnosisStep)
], DiagnosisResolver);
export { DiagnosisResolver };
function callerId({ user }) {
    if (user === undefined)
        throw unauthenticated();
    return user.id;
}
//# sourceMappingURL=diagnosis.resolver.js.map