import UPNG from 'upng-js';
import type { Workbench } from '../../vscode/workbench';

/** A page of a store loads it with the text: as large as it asks for at most. */
const mostBytes = 2 * 1024 * 1024;

/** Pictures of a window one after another, as one PNG that moves (APNG; https://www.w3.org/TR/png-3/#apng-frame-based-animation). */
export class MovingPicture {
  private readonly frames: { readonly pixels: ArrayBuffer; readonly milliseconds: number }[] = [];
  private size = { width: 0, height: 0 };

  constructor(private readonly workbench: Workbench) {}

  /** Takes what is in sight now. @param milliseconds for which it stands */
  async take(milliseconds: number): Promise<void> {
    const { buffer, byteOffset, byteLength } = await this.workbench.page.screenshot();
    const picture = UPNG.decode(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
    this.size = { width: picture.width, height: picture.height };
    const [pixels] = UPNG.toRGBA8(picture);
    if (pixels) this.frames.push({ pixels, milliseconds });
  }

  /** @throws Error when it is larger than a page of a store may be asked to load */
  encode(): Buffer {
    const pixels = this.frames.map((frame) => frame.pixels);
    const times = this.frames.map((frame) => frame.milliseconds);
    // 128 colours: more are not seen in a window of text.
    const picture = Buffer.from(UPNG.encode(pixels, this.size.width, this.size.height, 128, times));
    if (picture.length > mostBytes) throw new Error(`The moving picture has ${picture.length} bytes.`);
    return picture;
  }
}
