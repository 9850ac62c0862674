/** Why a body was not read: the HTTP status to answer and a sentence. */
export class BodyError extends Error {
    constructor(status, message) {
        super(message);
        this.status = status;
        this.name = 'BodyError';
    }
}
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
/**
 * A request's whole body as text: JSON in UTF-8, uncompressed, at most `maxBytes`.
 * Throws {@link BodyError}.
 */
export async function readJsonText(request, maxBytes) {
    if (!/^application\/(graphql-response\+)?json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
        throw new BodyError(415, 'Send the operation as application/json.');
    }
    if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
        throw new BodyError(415, 'Send the body without a content encoding.');
    }
    if (Number(request.headers['content-length'] ?? 0) > maxBytes)
        throw tooLarge(maxBytes);
    const chunks = [];
    let size = 0;
    for await (const chunk of request) {
        size += chunk.length;
        if (size > maxBytes)
            throw tooLarge(maxBytes);
        chunks.push(chunk);
    }
    try {
        return decoder.decode(Buffer.concat(chunks));
    }
    catch (cause) {
        throw new BodyError(400, `The body is not UTF-8 (${cause instanceof Error ? cause.name : 'unknown'}).`);
    }
}
function tooLarge(maxBytes) {
    return new BodyError(413, `The body is larger than ${maxBytes} bytes.`);
}
//# sourceMappingURL=read-body.js.map