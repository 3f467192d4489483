// Only one tab of a browser sends edits at a time. Without locks, or if another tab hangs, the versions and the keys of the
// edits still prevent that one is written twice.

const NAME = "votetracker edits";
const PATIENCE = 30_000;

export async function withLock(run) {
  if (!navigator.locks) return run();
  let began = false;
  const begin = () => {
    began = true;
    return run();
  };
  try {
    return await navigator.locks.request(NAME, { signal: AbortSignal.timeout(PATIENCE) }, begin);
  } catch (error) {
    if (began) throw error;
    return run();
  }
}
