export {};
//# sourceMappingURL=diagnosis-report.js.map