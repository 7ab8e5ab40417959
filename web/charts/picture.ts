import { createContext, type RefObject } from 'react';

/** Where a chart leaves its way of becoming a picture, for the card around it. */
export const PictureContext = createContext<RefObject<(() => string) | null> | null>(null);
