import { relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

/** Prints, last of all, the seconds that each folder of tests took, and one plain line with how many passed and failed. */
export default class FolderTimes implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], faults: readonly unknown[]): void {
    const seconds = new Map<string, number>();
    let passed = 0;
    let failed = faults.length;
    for (const module of modules) {
      const folder = relative(process.cwd(), module.moduleId).split(/[\\/]/).slice(0, 2).join('/');
      const { duration, setupDuration, collectDuration } = module.diagnostic();
      seconds.set(folder, (seconds.get(folder) ?? 0) + (duration + setupDuration + collectDuration) / 1000);
      const tests = [...module.children.allTests()];
      passed += tests.filter((test) => test.result().state === 'passed').length;
      // A file that could not even be read has no tests, but it failed.
      failed += tests.filter((test) => test.result().state === 'failed').length + (module.errors().length > 0 ? 1 : 0);
    }
    console.log('\nSeconds per folder (summed over parallel files)');
    for (const [folder, sum] of [...seconds].sort()) console.log(`  ${folder.padEnd(20)} ${sum.toFixed(1)}`);
    console.log(`${passed} passed, ${failed} failed`);
  }
}
