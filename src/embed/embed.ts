// /embed.js: on another site's page it places the question; on the framed page, which loads it too, it reports the size.
import { report } from './frame.ts';
import { place } from './loader.ts';

const script = (document.currentScript ?? document.querySelector('script[data-survey]')) as HTMLScriptElement | null;
if (script?.dataset.survey) place(script, script.dataset.survey);
else if (parent !== window) report();
