//! Calls over an HTTP client of one's own: here one of a few lines over a TCP socket, without TLS.
//!
//! `cargo xtask emulator` prints what to set before `cargo run -p losant-data --example own_http_client`.

mod support;

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Response, header};
use losant_data::operations::data_tables;
use losant_data::runtime::{Body, Incoming, Pending, Transport, TransportError, TransportKind};

/// Opens a connection for every request. A real one would not block while it waits.
struct Simple;

impl Transport for Simple {
    fn send(&self, request: Request<Body>) -> Pending<'_, Result<Response<Incoming>, TransportError>> {
        Box::pin(async move {
            let address = request.uri().authority().map(ToString::to_string).unwrap_or_default();
            // The kind matters: without a connection nothing was sent, so the call may be tried again.
            let stream =
                TcpStream::connect(address).map_err(|error| TransportError::new(TransportKind::Connect, error))?;
            exchange(stream, request).map_err(|error| TransportError::new(TransportKind::Interrupted, error))
        })
    }
}

/// Writes a request and reads the response.
fn exchange(mut stream: TcpStream, request: Request<Body>) -> io::Result<Response<Incoming>> {
    let (head, body) = request.into_parts();
    let mut sent = Vec::new();
    body.into_reader().read_to_end(&mut sent)?;
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    let host = head.uri.authority().map_or("", |host| host.as_str());
    write!(
        stream,
        "{} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n",
        head.method
    )?;
    for (name, value) in &head.headers {
        stream.write_all(&[name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat())?;
    }
    write!(stream, "content-length: {}\r\n\r\n", sent.len())?;
    stream.write_all(&sent)?;
    read_response(BufReader::new(stream))
}

fn read_response(mut stream: BufReader<TcpStream>) -> io::Result<Response<Incoming>> {
    let fault = || io::Error::other("that is no response of HTTP/1.1");
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let status: u16 = line
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .ok_or_else(fault)?;
    let mut response = Response::builder().status(status);
    let mut length = None;
    loop {
        line.clear();
        stream.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        let name = HeaderName::try_from(name).map_err(io::Error::other)?;
        if name == header::CONTENT_LENGTH {
            length = value.trim().parse::<usize>().ok();
        }
        response = response.header(name, HeaderValue::try_from(value.trim()).map_err(io::Error::other)?);
    }
    let mut body = vec![0; length.ok_or_else(fault)?];
    stream.read_exact(&mut body)?;
    response
        .body(Incoming::from(Bytes::from(body)))
        .map_err(io::Error::other)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> support::Outcome {
    let (builder, application) = support::environment()?;
    let client = builder.transport(Simple).build()?;
    let tables = data_tables::get(application).send(&client).await?;
    println!("{} tables", tables.total_count.unwrap_or_default());
    Ok(())
}
