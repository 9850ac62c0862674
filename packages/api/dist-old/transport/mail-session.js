export {};
//# sourceMappingURL=mail-session.js.map