import { initials, nameColour } from "../room/initials.js";
import { placed, type Picture, type View } from "./picture.js";

/** Of the recording, in pixels. */
const size = { width: 1280, height: 720 };
const ground = "#11151a";
const tile = "#1e252d";
const veil = "rgb(10 13 17 / 72%)";

/** Paints what is seen of a call. */
export class Painter {
  readonly #canvas = document.createElement("canvas");
  readonly #context: CanvasRenderingContext2D;

  constructor() {
    Object.assign(this.#canvas, size);
    const context = this.#canvas.getContext("2d", { alpha: false });
    if (context === null) throw new Error("This browser has no canvas to paint on.");
    this.#context = context;
  }

  /** `rate`: pictures in a second, at most. */
  capture(rate: number): MediaStreamTrack | null {
    return this.#canvas.captureStream(rate).getVideoTracks()[0] ?? null;
  }

  paint(view: View): void {
    const context = this.#context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = ground;
    context.fillRect(0, 0, size.width, size.height);
    if (view.width === 0 || view.height === 0) return;
    const whole = placed(view, { x: 0, y: 0, ...size }, true).to;
    const scale = whole.width / view.width;
    context.setTransform(scale, 0, 0, scale, whole.x, whole.y);
    for (const picture of view.pictures) this.#paint(picture, scale);
  }

  #paint(picture: Picture, scale: number): void {
    const context = this.#context;
    const { rect, video } = picture;
    context.save();
    context.beginPath();
    context.roundRect(rect.x, rect.y, rect.width, rect.height, 10);
    context.clip();
    context.fillStyle = tile;
    context.fillRect(rect.x, rect.y, rect.width, rect.height);
    if (video !== null && video.videoWidth > 0) this.#paintVideo(picture, video);
    else this.#paintStandIn(picture);
    this.#paintLabel(picture, scale);
    context.restore();
  }

  #paintVideo({ rect, mirrored, whole }: Picture, video: HTMLVideoElement): void {
    const context = this.#context;
    const { from, to } = placed({ width: video.videoWidth, height: video.videoHeight }, rect, whole);
    context.save();
    if (mirrored) {
      context.translate(2 * rect.x + rect.width, 0);
      context.scale(-1, 1);
    }
    context.drawImage(video, from.x, from.y, from.width, from.height, to.x, to.y, to.width, to.height);
    context.restore();
  }

  #paintStandIn({ rect, name }: Picture): void {
    const context = this.#context;
    const [x, y] = [rect.x + rect.width / 2, rect.y + rect.height / 2];
    const radius = Math.min(rect.width, rect.height) * 0.22;
    context.fillStyle = nameColour(name);
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = "#fff";
    context.font = `600 ${String(radius * 0.8)}px sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(initials(name), x, y);
  }

  #paintLabel({ rect, label }: Picture, scale: number): void {
    const context = this.#context;
    const height = 15 / scale;
    const room = rect.width - 32;
    if (room < 40) return;
    context.font = `500 ${String(height)}px sans-serif`;
    context.textAlign = "left";
    context.textBaseline = "alphabetic";
    const width = Math.min(context.measureText(label).width, room);
    const [x, y] = [rect.x + 8, rect.y + rect.height - 8];
    context.fillStyle = veil;
    context.beginPath();
    context.roundRect(x, y - height * 1.6, width + 16, height * 1.6, 6);
    context.fill();
    context.fillStyle = "#fff";
    context.fillText(label, x + 8, y - height * 0.45, room);
  }
}
