/**
 * Runs in the page before its own code: puts a drawn portrait in the place of the fake camera, so that pictures of the product
 * show people and not a test pattern. The microphone stays the browser's own.
 */
export function installPortrait(): void {
  const hue = [...(new URLSearchParams(location.search).get("name") ?? "")].reduce(
    (h, c) => h + c.charCodeAt(0) * 37,
    0,
  );
  const getUserMedia = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);

  const draw = (context: CanvasRenderingContext2D, time: number): void => {
    const { width, height } = context.canvas;
    const colour = (turn: number, saturation: number, lightness: number): string =>
      `hsl(${String((hue + turn) % 360)} ${String(saturation)}% ${String(lightness)}%)`;
    const background = context.createLinearGradient(0, 0, width, height);
    background.addColorStop(0, colour(0, 45, 78));
    background.addColorStop(1, colour(50, 40, 52));
    context.resetTransform();
    context.fillStyle = background;
    context.fillRect(0, 0, width, height);

    // Drawn for 1280 by 720, painted smaller.
    context.setTransform(width / 1280, 0, 0, height / 720, 0, 0);
    const sway = Math.sin(time / 900) * 8;
    const ellipse = (x: number, y: number, rx: number, ry: number, fill: string): void => {
      context.fillStyle = fill;
      context.beginPath();
      context.ellipse(640 + sway + x, y, rx, ry, 0, 0, Math.PI * 2);
      context.fill();
    };
    ellipse(0, 730, 300, 270, colour(190, 35, 34));
    ellipse(0, 300, 152, 178, colour(300, 30, 18));
    ellipse(0, 480, 62, 90, "#c68b68");
    ellipse(0, 335, 116, 148, "#dca17e");
    ellipse(0, 222, 128, 74, colour(300, 30, 18));
    ellipse(-44, 335, 10, 12, "#2b1d16");
    ellipse(44, 335, 10, 12, "#2b1d16");
    ellipse(0, 405, 34, 12, "#a75b4b");
  };

  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints);
    const camera = stream.getVideoTracks()[0];
    if (camera === undefined) {
      return stream;
    }
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [640, 360];
    const context = canvas.getContext("2d");
    if (context === null) {
      return stream;
    }
    const painting = setInterval(() => {
      draw(context, performance.now());
    }, 100);
    const painted = canvas.captureStream(10).getVideoTracks()[0];
    if (painted === undefined) {
      clearInterval(painting);
      return stream;
    }
    const stop = painted.stop.bind(painted);
    painted.stop = () => {
      clearInterval(painting);
      camera.stop();
      stop();
    };
    painted.getSettings = () => camera.getSettings();
    return new MediaStream([painted, ...stream.getAudioTracks()]);
  };
}
