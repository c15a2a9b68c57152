import type { Place } from "../core/text.ts";

/** Tells places apart by where they start. */
export const placeKey = (place: Place): string => `${place.path}:${place.span.start}`;

/** Whether two places start at the same point. */
export const samePlace = (a: Place, b: Place): boolean => a.path === b.path && a.span.start === b.span.start;
