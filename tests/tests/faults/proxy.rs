//! What stands between a client and the emulator, and breaks responses.

use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use socket2::SockRef;

use crate::table::{End, Fault, Played};

/// A request with this header passes as it is, does not count, and leaves its connection open.
pub(crate) const PASS: &str = "x-pass";

/// How long anybody may be silent before the proxy gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A proxy on a port of its own, until it is dropped.
#[derive(Debug)]
pub(crate) struct Proxy {
    address: SocketAddr,
    state: Arc<State>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct State {
    upstream: SocketAddr,
    /// Where a redirect leads to.
    elsewhere: String,
    seen: Mutex<Seen>,
    is_idle: Condvar,
    is_over: AtomicBool,
}

#[derive(Debug, Default)]
struct Seen {
    fault: Option<&'static Fault>,
    /// How many requests came since the fault was set.
    count: u32,
    /// How many of them are being answered.
    busy: u32,
    /// What became of the latest.
    last: Option<Played>,
}

/// A request or a response.
#[derive(Debug, Clone, Default)]
pub(crate) struct Message {
    /// The first line and the headers, as received.
    pub(crate) head: String,
    /// The body.
    pub(crate) body: Vec<u8>,
}

impl Message {
    /// Returns the value of a header.
    fn header(&self, name: &str) -> Option<&str> {
        let mut fields = self.head.lines().filter_map(|line| line.split_once(':'));
        let found = fields.find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim())
    }

    /// Returns the status of a response; zero of none.
    pub(crate) fn status(&self) -> u16 {
        let status = self.head.split(' ').nth(1);
        status.and_then(|status| status.parse().ok()).unwrap_or_default()
    }

    /// Reads a message; `None` where the other side goes away before its end.
    fn read(reader: &mut impl BufRead) -> Option<Self> {
        let mut message = Self::default();
        while !message.head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut message.head).ok()? == 0 {
                return None;
            }
        }
        let length = message.header("content-length").map_or(0, |text| text.parse().unwrap());
        message.body.resize(length, 0);
        reader.read_exact(&mut message.body).ok()?;
        Some(message)
    }

    fn write(&self, mut stream: &TcpStream) -> std::io::Result<()> {
        stream.write_all(&[self.head.as_bytes(), &self.body].concat())
    }
}

impl Proxy {
    /// Starts a proxy for the server at `upstream`.
    pub(crate) fn start(upstream: SocketAddr, elsewhere: String) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State {
            upstream,
            elsewhere,
            seen: Mutex::default(),
            is_idle: Condvar::new(),
            is_over: AtomicBool::new(false),
        });
        let shared = Arc::clone(&state);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.is_over.load(Ordering::SeqCst) {
                    return;
                }
                let (state, Ok(stream)) = (Arc::clone(&shared), stream) else {
                    continue;
                };
                std::thread::spawn(move || serve(&stream, &state));
            }
        });
        Self {
            address,
            state,
            thread: Some(thread),
        }
    }

    /// Returns the base URL.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Breaks the responses to the requests that come from now on.
    pub(crate) fn play(&self, fault: &'static Fault) {
        *self.state.seen() = Seen {
            fault: Some(fault),
            ..Seen::default()
        };
    }

    /// Returns how many requests came, and what became of the last.
    pub(crate) fn seen(&self) -> (u32, Option<Played>) {
        let seen = self.state.seen();
        let is_busy = |seen: &mut Seen| seen.busy > 0;
        let seen = self.state.is_idle.wait_timeout_while(seen, PATIENCE, is_busy);
        let seen = seen.unwrap_or_else(PoisonError::into_inner).0;
        (seen.count, seen.last.clone())
    }
}

impl Drop for Proxy {
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

impl State {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has the server act on a request.
    fn forward(&self, request: &Message) -> Message {
        let stream = TcpStream::connect(self.upstream).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        request.write(&stream).unwrap();
        Message::read(&mut BufReader::new(&stream)).expect("the emulator answers")
    }

    /// Begins a request, and returns what is to be done with it.
    fn begin(&self) -> &'static Fault {
        let mut seen = self.seen();
        seen.count += 1;
        seen.busy += 1;
        seen.fault.expect("a fault is set before a request is sent")
    }

    fn end(&self, played: Option<Played>) {
        let mut seen = self.seen();
        seen.busy -= 1;
        seen.last = played;
        self.is_idle.notify_all();
    }
}

/// Answers the requests of a connection.
fn serve(mut stream: &TcpStream, state: &State) {
    let _ = stream.set_read_timeout(Some(PATIENCE));
    let mut reader = BufReader::new(stream);
    while let Some(request) = Message::read(&mut reader) {
        if request.header(PASS).is_some() {
            if state.forward(&request).write(stream).is_err() {
                return;
            }
            continue;
        }
        // RFC 9110 §8.6: a request whose method may have content says how much it has, also where that is nothing.
        let tells_length = request.header("content-length").is_some();
        let may_have_content = ["POST", "PATCH"].contains(&request.head.split(' ').next().unwrap_or_default());
        assert_eq!(tells_length, may_have_content, "{}", request.head);
        let fault = state.begin();
        let answer = if fault.acts {
            state.forward(&request)
        } else {
            Message::default()
        };
        let played = (fault.play)(&answer, &state.elsewhere);
        // A client that has enough may go before the end.
        let _ = stream.write_all(&played.wire);
        let end = played.end;
        if end == End::Reset {
            // Nothing lingers: what closes the connection is a reset.
            SockRef::from(stream).set_linger(Some(Duration::ZERO)).unwrap();
        }
        state.end(Some(played));
        if end == End::Stall {
            // Silent until the client goes away.
            let _ = reader.read(&mut [0]);
        }
        return;
    }
}
