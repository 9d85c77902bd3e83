//! Requests that one emulator got, sent to another as they were.
//!
//! The clock and the ids of an emulator go by the requests that it carries out, so a new one gives the same responses,
//! and its file can be seen as it was between two requests of a program that has ended.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use emulator::{Emulator, Request};

/// Sends `request` to `emulator`; the response has to have the status that the request got the first time.
pub(crate) fn send(emulator: &Emulator, request: &Request) {
    let url = emulator.url();
    let mut stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
    let mut message = Vec::new();
    write!(message, "{} {} HTTP/1.1\r\n", request.method, request.target).unwrap();
    for (name, value) in &request.headers {
        if !["connection", "content-length", "transfer-encoding"].contains(&name.as_str()) {
            write!(message, "{name}: {value}\r\n").unwrap();
        }
    }
    let length = request.body.len();
    write!(message, "content-length: {length}\r\nconnection: close\r\n\r\n").unwrap();
    message.extend(&request.body);
    stream.write_all(&message).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    let status = response.split(' ').nth(1).unwrap();
    assert_eq!(status, request.status.to_string(), "{request:?}: {response}");
}
