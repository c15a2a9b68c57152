import type { Report } from "../report.ts";

export const printJson = (report: Report): string => `${JSON.stringify(report, undefined, 2)}\n`;
