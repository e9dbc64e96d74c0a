import type { Part } from '../context';
import { element, setText } from '../dom';
import { sampleRefusal } from './sampleRefusal';

/** Why the button refuses, where it is the form's fault: beside the button, as the field may be out of sight. */
export function sampleProblem(): Part {
  const root = element('p', { class: 'complaint', role: 'status' });
  return {
    root,
    render: (state) => {
      const wrong = Object.keys(state.sampleProblems).length > 0;
      root.hidden = !wrong;
      setText(root, wrong ? (sampleRefusal(state) ?? '') : '');
    },
  };
}
