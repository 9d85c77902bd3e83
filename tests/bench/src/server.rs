//! A server that answers in as little time as can be, and allocates nothing for a request.

use std::io::{self, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use crate::documents;

/// How long a request may be; those of the bench are shorter.
const REQUEST: usize = 16 * 1024;

/// The responses, ready to be sent.
struct Responses {
    row: Vec<u8>,
    rows: Vec<u8>,
    inserted: Vec<u8>,
}

/// Starts a server with a thread for each connection, and returns its URL; it ends with the process.
pub(crate) fn start() -> io::Result<String> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let url = format!("http://{}", listener.local_addr()?);
    let responses = Arc::new(Responses {
        row: response("200 OK", &documents::row(7)),
        rows: response("200 OK", &documents::rows(1000)),
        inserted: response("201 Created", &documents::row(7)),
    });
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let responses = Arc::clone(&responses);
            std::thread::spawn(move || answer(&stream, &responses));
        }
    });
    Ok(url)
}

fn response(status: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}")
        .into_bytes()
}

/// Answers the requests of a connection until the client closes it.
fn answer(mut stream: &TcpStream, responses: &Responses) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = [0; REQUEST];
    let mut filled = 0;
    loop {
        let read = stream.read(&mut buffer[filled..])?;
        if read == 0 {
            return Ok(());
        }
        filled += read;
        if let Some(kind) = complete(&buffer[..filled]) {
            filled = 0;
            stream.write_all(match kind {
                Kind::Row => &responses.row,
                Kind::Rows => &responses.rows,
                Kind::Insert => &responses.inserted,
            })?;
        }
    }
}

/// What a request asks for.
enum Kind {
    Row,
    Rows,
    Insert,
}

/// Says what a request asks for, if it is there to its end. Nobody here sends one before the response to the last.
fn complete(request: &[u8]) -> Option<Kind> {
    let text = std::str::from_utf8(request).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut words = head.split(' ');
    let (method, target) = (words.next()?, words.next()?);
    if method == "POST" {
        let mut lines = head.lines().filter_map(|line| line.split_once(':'));
        let (_, length) = lines.find(|(name, _)| name.eq_ignore_ascii_case("content-length"))?;
        let length: usize = length.trim().parse().ok()?;
        return (body.len() >= length).then_some(Kind::Insert);
    }
    let path = target.split('?').next()?;
    Some(if path.ends_with("/rows") { Kind::Rows } else { Kind::Row })
}
