import type { Pool } from 'pg';
import { faultInWords, importDirectory, memorySources } from '../directory/index.ts';
import { demoDirectory } from './directory.ts';

/** Brings the made-up regions, kommuner, units, staff and channels into the directory; again changes nothing. */
export async function loadDemoDirectory(pool: Pool): Promise<void> {
  const { principals, providers, units, staff, channels } = demoDirectory;
  const faults: string[] = [];
  const report = await importDirectory(pool, memorySources('demo', { principals, providers, units, staff, channels }));
  for (const fault of report.faults) faults.push(faultInWords(fault));
  if (faults.length > 0) throw new Error(`the demonstration's own directory is faulty:\n${faults.join('\n')}`);
}
