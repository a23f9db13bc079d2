import ts from "typescript";

const looking = /^(expect|until|eventually)/;

/**
 * The lines on which a test waits for a fixed time and then looks: too short on a busy machine, too long on any other. What paces a
 * loop or a fake is none, for nothing is looked at after it.
 */
export function fixedWaits(source: string): number[] {
  const file = ts.createSourceFile("a.ts", source, ts.ScriptTarget.Latest, true);
  const sleepers = sleepersOf(file);
  const lines: number[] = [];
  const visit = (node: ts.Node): void => {
    if (isWaitForTimeout(node) || (ts.isBlock(node.parent ?? node) && isWait(node, sleepers) && isFollowed(node)))
      lines.push(file.getLineAndCharacterOfPosition(node.getStart()).line + 1);
    node.forEachChild(visit);
  };
  visit(file);
  return lines;
}

/** The names by which the file knows `setTimeout` of node:timers/promises. */
function sleepersOf(file: ts.SourceFile): ReadonlySet<string> {
  const names = file.statements.filter(ts.isImportDeclaration).flatMap(({ moduleSpecifier, importClause }) => {
    const bindings = importClause?.namedBindings;
    if (!moduleSpecifier.getText().includes("timers/promises") || !bindings || !ts.isNamedImports(bindings)) return [];
    return bindings.elements.filter((each) => (each.propertyName ?? each.name).text === "setTimeout");
  });
  return new Set(names.map(({ name }) => name.text));
}

function isWait(node: ts.Node, sleepers: ReadonlySet<string>): boolean {
  if (!ts.isExpressionStatement(node) || !ts.isAwaitExpression(node.expression)) return false;
  const { expression } = node.expression;
  if (ts.isNewExpression(expression)) return /^new Promise\b[\s\S]*\bsetTimeout\(/.test(expression.getText());
  return ts.isCallExpression(expression) && sleepers.has(expression.expression.getText());
}

function isWaitForTimeout(node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node) && node.name.text === "waitForTimeout";
}

/** By a statement of its block that looks. */
function isFollowed(statement: ts.Node): boolean {
  const { statements } = statement.parent as ts.Block;
  return statements.slice(statements.indexOf(statement as ts.Statement) + 1).some(looks);
}

function looks(node: ts.Node): boolean {
  if (ts.isIdentifier(node) && looking.test(node.text)) return true;
  return ts.forEachChild(node, (child) => looks(child) || undefined) ?? false;
}
