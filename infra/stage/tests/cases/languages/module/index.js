import { readFile } from 'node:fs/promises';

const manifest = JSON.parse(await readFile(new URL('./package.json', import.meta.url)));

export const handler = async () => ({ type: manifest.type });
