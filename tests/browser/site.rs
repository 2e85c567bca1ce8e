//! A static file server for the built page, at any path, as a plain host would serve it.

use std::fs;
use std::io::{BufRead, BufReader, Result, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::thread;

/// Serves until the test process ends.
pub struct Site {
    address: SocketAddr,
    base: String,
}

impl Site {
    /// Serves a folder of the package at `/`.
    pub fn serve(folder: impl AsRef<Path>) -> Site {
        Site::serve_under(folder, "/")
    }

    /// Serves a folder of the package at `base`, such as `/a/b/`, and nothing elsewhere.
    pub fn serve_under(folder: impl AsRef<Path>, base: &str) -> Site {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        assert!(
            folder.join("index.html").exists(),
            "{} holds no index.html: the page is built by `trunk build --release`",
            folder.display()
        );
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port for the site");
        let site = Site {
            address: listener.local_addr().expect("the site's own address"),
            base: base.to_owned(),
        };
        let base = base.to_owned();
        thread::spawn(move || {
            for request in listener.incoming().flatten() {
                let (folder, base) = (folder.clone(), base.clone());
                // A browser that hangs up early is no fault of the page.
                thread::spawn(move || answer(request, &folder, &base).ok());
            }
        });
        site
    }

    /// The address of a page: `""` for the start, `"#..."` for a link.
    pub fn url(&self, rest: &str) -> String {
        format!("http://{}{}{rest}", self.address, self.base)
    }
}

fn answer(mut request: TcpStream, folder: &Path, base: &str) -> Result<()> {
    let mut lines = BufReader::new(request.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    // Unread headers would turn the close below into a reset.
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let target = first.split(' ').nth(1).unwrap_or_default();
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let file = path.strip_prefix(base).and_then(|it| file(folder, it));
    match file.and_then(|it| Some((mime(&it), fs::read(it).ok()?))) {
        Some((mime, body)) => {
            let length = body.len();
            write!(
                request,
                "HTTP/1.1 200 OK\r\nContent-Type: {mime}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
            )?;
            request.write_all(&body)
        }
        None => request
            .write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    }
}

fn file(folder: &Path, path: &str) -> Option<PathBuf> {
    let inside = Path::new(path)
        .components()
        .all(|it| matches!(it, Component::Normal(_)));
    let file = folder.join(if path.is_empty() { "index.html" } else { path });
    (inside && file.is_file()).then_some(file)
}

/// Browsers refuse a module script or streamed WebAssembly of another type.
fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|it| it.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
