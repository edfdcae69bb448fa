let context: AudioContext | undefined;

/** Two soft tones. A browser lets nothing sound before the first click on the page; then it is silent. */
export function chime(): void {
  if (!("AudioContext" in globalThis)) return;
  context ??= new AudioContext();
  void context.resume();
  const begins = context.currentTime;
  for (const [place, pitch] of [784, 1047].entries()) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    const at = begins + place * 0.14;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.15, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.3);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.32);
  }
}
