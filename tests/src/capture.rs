//! A server of one thread that keeps every request as received, byte for byte.
//!
//! It knows as much of HTTP as a recorded exchange needs: one request per
//! connection, a body of `Content-Length` bytes, a canned answer.

use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long a client may take over a request before the connection is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A request as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captured {
    /// The method.
    pub method: String,
    /// The path, still percent-encoded.
    pub path: String,
    /// What follows the `?`, still percent-encoded; `None` where there is no `?`.
    pub query: Option<String>,
    /// The headers, in order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Captured {
    /// Returns the values of the header `name`, whose case does not count.
    #[must_use]
    pub fn header(&self, name: &str) -> Vec<&str> {
        let same = self
            .headers
            .iter()
            .filter(|(other, _)| other.eq_ignore_ascii_case(name));
        same.map(|(_, value)| value.as_str()).collect()
    }

    /// Returns the names and values of the query, percent-decoded. A `+` is a plus.
    ///
    /// # Panics
    ///
    /// When the query holds a `%` without two digits, or bytes that are not UTF-8.
    #[must_use]
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        let pairs = self.query.iter().flat_map(|query| query.split('&'));
        pairs
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                (percent_decoded(name), percent_decoded(value))
            })
            .collect()
    }
}

/// Returns `text` with each `%` and its two digits replaced by the byte that they stand for.
///
/// # Panics
///
/// When a `%` lacks its digits, or the bytes are not UTF-8: nobody should have sent that.
#[must_use]
pub fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        if byte == b'%' {
            let digits = rest.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
            let decoded = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            bytes.push(decoded.unwrap_or_else(|| panic!("{text:?} has a % without two digits")));
            rest = &rest[2..];
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| panic!("{text:?} does not stand for UTF-8"))
}

/// What the server answers.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A status and a JSON text.
    Json(u16, String),
    /// Nothing: the connection stays open until the server goes.
    Silence,
    /// The start of a response that promises more than comes.
    BreaksOff,
    /// What the function makes of the request: a status, a header `Link` unless that is empty, in a redirect
    /// `Location`, and a JSON text.
    Script(fn(&Captured) -> (u16, String, String)),
}

/// A server on a port of its own, until it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    state: Arc<State>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct State {
    answer: Mutex<Answer>,
    requests: Mutex<Vec<Captured>>,
    is_over: AtomicBool,
}

impl Server {
    /// Starts a server that gives `answer` to every request.
    ///
    /// # Panics
    ///
    /// When this host lets nobody listen.
    #[must_use]
    pub fn start(answer: Answer) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port of 127.0.0.1 is free");
        let address = listener.local_addr().expect("a bound socket has an address");
        let state = Arc::new(State {
            answer: Mutex::new(answer),
            requests: Mutex::default(),
            is_over: AtomicBool::new(false),
        });
        let shared = Arc::clone(&state);
        let thread = std::thread::spawn(move || serve(&listener, &shared));
        Self {
            address,
            state,
            thread: Some(thread),
        }
    }

    /// Returns the base URL.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Gives another answer from the next request on.
    pub fn answer(&self, answer: Answer) {
        *self.state.answer.lock().unwrap_or_else(PoisonError::into_inner) = answer;
    }

    /// Returns the requests that came since the last time, in order.
    #[must_use]
    pub fn take(&self) -> Vec<Captured> {
        std::mem::take(&mut *self.state.requests.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.is_over.store(true, Ordering::SeqCst);
        // The thread waits for a connection; this is the last one. Should it fail, the process ends the thread.
        if TcpStream::connect(self.address).is_ok()
            && let Some(thread) = self.thread.take()
        {
            let _ = thread.join();
        }
    }
}

/// Answers one connection after the other.
fn serve(listener: &TcpListener, state: &State) {
    let mut silent = Vec::new();
    for stream in listener.incoming() {
        if state.is_over.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        let _ = stream.set_read_timeout(Some(PATIENCE));
        let Some(request) = read(&stream) else {
            continue;
        };
        let answer = state.answer.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let scripted = match answer {
            Answer::Script(script) => Some(script(&request)),
            _ => None,
        };
        state
            .requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(request);
        match (answer, scripted) {
            (_, Some((status, link, body))) => write(&stream, status, &link, body.len(), &body),
            (Answer::Json(status, body), None) => write(&stream, status, "", body.len(), &body),
            (Answer::BreaksOff, None) => write(&stream, 200, "", 1000, "{"),
            (Answer::Silence | Answer::Script(_), None) => silent.push(stream),
        }
    }
}

/// Reads one request; `None` when the client goes away before its end.
fn read(stream: &TcpStream) -> Option<Captured> {
    let mut reader = BufReader::new(stream);
    let first = line(&mut reader)?;
    let mut words = first.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?);
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path.to_owned(), Some(query.to_owned())),
        None => (target.to_owned(), None),
    };
    let mut headers = Vec::new();
    loop {
        let header = line(&mut reader)?;
        if header.is_empty() {
            break;
        }
        let (name, value) = header.split_once(':')?;
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let mut captured = Captured {
        method,
        path,
        query,
        headers,
        body: Vec::new(),
    };
    let length = captured
        .header("content-length")
        .first()
        .and_then(|length| length.parse().ok());
    captured.body.resize(length.unwrap_or(0), 0);
    reader.read_exact(&mut captured.body).ok()?;
    Some(captured)
}

fn line(reader: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    if reader.read_line(&mut line).ok()? == 0 {
        return None;
    }
    Some(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Writes a response and closes the connection; a client that is gone already does not matter.
fn write(mut stream: &TcpStream, status: u16, link: &str, length: usize, body: &str) {
    let link = if link.is_empty() {
        String::new()
    } else {
        let name = if (300..400).contains(&status) {
            "Location"
        } else {
            "Link"
        };
        format!("{name}: {link}\r\n")
    };
    let response = format!(
        "HTTP/1.1 {status} As asked\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
         {link}Connection: close\r\n\r\n{body}"
    );
    let _ = stream.write_all(response.as_bytes());
}
