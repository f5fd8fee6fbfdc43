// A photo as it is kept and sent: turned upright, no longer than it has to be to read a signed page, without what a
// camera notes in it (places, devices).

const LONGEST = 1600;
const THUMB = 160;
const QUALITY = 0.82;

// Gives { name, type, bytes, thumb } or null for what is no photo that this browser can show or the server keeps.
export async function shrink(file) {
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    // A camera's own format that the browser cannot open goes as it is.
    if (!/^image\/hei[cf]$/.test(file.type)) return null;
    return { name: file.name, type: file.type, bytes: await file.arrayBuffer(), thumb: "" };
  }
  const blob = await new Promise((done) => drawn(picture, LONGEST).toBlob(done, "image/jpeg", QUALITY));
  const thumb = drawn(picture, THUMB).toDataURL("image/jpeg", 0.7);
  picture.close();
  if (!blob) return null;
  const name = `${file.name.replace(/\.[^.]*$/, "") || "photo"}.jpg`;
  return { name, type: "image/jpeg", bytes: await blob.arrayBuffer(), thumb };
}

function drawn(picture, longest) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  // What is transparent becomes paper.
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}
