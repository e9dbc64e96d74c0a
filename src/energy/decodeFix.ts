/** Reads a fix out of the sandbox's answer. */

import { type Fix, plainFixKinds } from '../shared/fix';
import type { Field } from './decode';

const longest = 200;

/** A word, a number or the name of a module: nothing that could be more than that where it is put into a text. */
function word(field: Field): string {
  const text = field.text(longest);
  return /^[\p{ID_Continue}$@/.-]+$/u.test(text) ? text : field.fail('a word');
}

/** @throws AnswerError where it has another form */
export function decodeFix(field: Field): Fix {
  const kind = field.at('kind').oneOf(['rename', 'set', ...plainFixKinds]);
  switch (kind) {
    case 'rename':
      // What is wrong is only looked for.
      return { kind, from: field.at('from').text(longest), to: word(field.at('to')) };
    case 'set':
      return { kind, property: word(field.at('property')), value: word(field.at('value')) };
    default:
      return { kind };
  }
}
