import { describe, expect, it, vi } from 'vitest';
import { ViewContent } from '../../../src/editor/viewContent';

describe('the content of a tree view', () => {
  it('is what the provider says, and nothing once it is disposed of', () => {
    const provider = {
      onDidChangeTreeData: vi.fn(),
      getChildren: (element?: string) => (element === undefined ? ['a', 'b'] : []),
      getTreeItem: (label: string) => ({ label }),
    };
    const content = new ViewContent<string>(provider);
    expect(content.onDidChangeTreeData).toBe(provider.onDidChangeTreeData);
    expect(content.getChildren()).toEqual(['a', 'b']);
    expect(content.getChildren('a')).toEqual([]);
    expect(content.getTreeItem('a')).toEqual({ label: 'a' });
    content.dispose();
    expect(content.getChildren()).toBeUndefined();
    expect(() => content.getTreeItem('a')).toThrow('gone');
    expect(Object.values(content)).not.toContain(provider);
  });
});
