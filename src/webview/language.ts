import { speak } from '../language';

/** The page speaks its host's language. Imported before everything else: other modules have tables of words. */
const texts = document.getElementById('texts')?.textContent ?? 'null';
speak(document.documentElement.lang, (JSON.parse(texts) as Record<string, string> | null) ?? undefined);
