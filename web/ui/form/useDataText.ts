import { useEffect, useRef, useState } from 'react';
import { type DataLanguage, turnText, writeData } from './dataText.ts';

interface Shown {
  readonly language: DataLanguage;
  readonly text: string;
  /** False while the text is being written: what is typed then would be lost. */
  readonly isReady: boolean;
}

/** Data as a text that is changed by hand. */
export interface DataText extends Shown {
  type(text: string): void;
  /** Writes what is typed in another language; rejects, and changes nothing, where neither of them reads it. */
  turn(language: DataLanguage): Promise<void>;
}

/** The text of some data in a language, and of others when they change. */
export function useDataText(data: object, first: DataLanguage): DataText {
  const spoken = useRef(first);
  const [shown, setShown] = useState<Shown>({ language: first, text: '', isReady: false });
  useEffect(() => {
    let isCurrent = true;
    const language = spoken.current;
    void writeData(data, language).then((text) => isCurrent && setShown({ language, text, isReady: true }));
    return () => {
      isCurrent = false;
    };
  }, [data]);
  const turn = async (language: DataLanguage) => {
    setShown({ ...shown, isReady: false });
    try {
      const text = await turnText(shown.text, shown.language, language);
      spoken.current = language;
      setShown({ language, text, isReady: true });
    } catch (error) {
      setShown(shown);
      throw error;
    }
  };
  return { ...shown, type: (text) => setShown({ ...shown, text }), turn };
}
