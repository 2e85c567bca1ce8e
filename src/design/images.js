// Sends a request for an image to the file that suits the viewer: its folder by width, its ending by format.
//   /static/images/shoes/red.jpg?width=600  to  /static/images/w640/shoes/red.avif
// Requests without a width go to the folder full; other files, and those of a folder by width, are left alone.
var ROOT = '/static/images/';
var WIDTHS = [320, 640, 1024, 1920];

function folder(asked) {
  var width = Number(asked);
  if (!(width > 0)) {
    return 'full';
  }
  for (var i = 0; i < WIDTHS.length; i++) {
    if (width <= WIDTHS[i]) {
      return 'w' + WIDTHS[i];
    }
  }
  return 'w' + WIDTHS[WIDTHS.length - 1];
}

function ending(accept, own) {
  if (accept.indexOf('image/avif') >= 0) {
    return 'avif';
  }
  return accept.indexOf('image/webp') >= 0 ? 'webp' : own;
}

function handler(event) {
  var request = event.request;
  var found = /^\/static\/images\/(?!(?:full|w\d+)\/)(.+)\.(jpe?g|png)$/i.exec(request.uri);
  if (!found) {
    return request;
  }
  var accept = request.headers.accept ? request.headers.accept.value : '';
  var width = request.querystring.width ? request.querystring.width.value : '';
  request.uri = ROOT + folder(width) + '/' + found[1] + '.' + ending(accept, found[2]);
  return request;
}
