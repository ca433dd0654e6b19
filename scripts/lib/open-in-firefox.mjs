export async function openInFirefox() {
  throw new Error('not yet');
}
