/** SQL: the catalogue’s row, by its alias, is our own. An extension’s objects come with it. */
export const notOfAnExtension = (catalog: string, alias: string) =>
  `NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '${catalog}'::regclass AND d.objid = ${alias}.oid AND d.deptype = 'e')`;
