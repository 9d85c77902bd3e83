//! The faults: what the proxy does to a response, and what the caller has to see.

use std::time::{Duration, SystemTime};

use losant_data::runtime::TransportKind;

use crate::caller::Shape;
use crate::proxy::Message;

/// How many bytes the body of a response may have.
pub(crate) const CAP: usize = 20_000;

/// A way to break a response, and what it has to come to.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    /// Whether the server gets the request, and acts on it.
    pub(crate) acts: bool,
    /// Whether the client uses a connection on which it got a response before.
    pub(crate) on_used_connection: bool,
    /// Makes the broken response of the server's, with a URL at another host at hand.
    pub(crate) play: fn(&Message, &str) -> Played,
    /// What kind of error it is.
    pub(crate) shape: Shape,
    pub(crate) repeats: Repeats,
    /// How long the client has to wait before each further attempt, at least.
    pub(crate) wait: Duration,
    pub(crate) limits: Limits,
}

/// When a call that failed so is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeats {
    /// Whatever the operation does, since nothing was sent.
    Always,
    /// If that does no harm.
    IfSafe,
    /// Not even then, since it would come to the same.
    Never,
}

/// The time limits of the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    pub(crate) attempt: Option<Duration>,
    pub(crate) total: Duration,
}

/// What goes over the wire.
#[derive(Debug, Clone)]
pub(crate) struct Played {
    pub(crate) wire: Vec<u8>,
    pub(crate) end: End,
    /// The status and the body that the client can know of.
    pub(crate) came: Option<(u16, Vec<u8>)>,
}

/// What becomes of the connection after that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Close,
    Reset,
    Stall,
}

/// Returns the bytes of a head that ends with the headers given.
fn head(status: u16, headers: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status} Scripted\r\nVia: 1.1 faults\r\nConnection: close\r\n{headers}\r\n").into_bytes()
}

/// Plays a complete response.
fn whole(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Played {
    let body = body.as_ref();
    let head = head(status, &format!("{headers}Content-Length: {}\r\n", body.len()));
    Played {
        wire: [&head, body].concat(),
        end: End::Close,
        came: Some((status, body.to_vec())),
    }
}

/// Plays a response that promises the whole body and ends in the middle of it.
fn half(answer: &Message, end: End) -> Played {
    let json = "Content-Type: application/json\r\n";
    let head = head(
        answer.status(),
        &format!("{json}Content-Length: {}\r\n", answer.body.len()),
    );
    let body = &answer.body[..answer.body.len() / 2];
    Played {
        wire: [&head, body].concat(),
        end,
        came: Some((answer.status(), body.to_vec())),
    }
}

/// Plays a response in one chunk that ends before the last one, which is empty.
fn half_in_chunks(answer: &Message) -> Played {
    let head = head(
        answer.status(),
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n",
    );
    let chunk = [format!("{:x}\r\n", answer.body.len()).as_bytes(), &answer.body, b"\r\n"].concat();
    Played {
        wire: [head, chunk].concat(),
        end: End::Close,
        came: Some((answer.status(), answer.body.clone())),
    }
}

/// Plays something that ends before the headers do.
fn no_response(wire: &[u8], end: End) -> Played {
    Played {
        wire: wire.to_vec(),
        end,
        came: None,
    }
}

/// Plays a response that is larger than the client allows, which keeps as much as it does allow.
fn too_large(answer: &Message, in_chunks: bool) -> Played {
    let body = vec![b' '; CAP + 1];
    let (length, wire) = if in_chunks {
        let chunks = [format!("{:x}\r\n", body.len()).as_bytes(), &body, b"\r\n0\r\n\r\n"].concat();
        ("Transfer-Encoding: chunked\r\n".to_owned(), chunks)
    } else {
        (format!("Content-Length: {}\r\n", body.len()), body.clone())
    };
    let head = head(answer.status(), &format!("Content-Type: application/json\r\n{length}"));
    Played {
        wire: [head, wire].concat(),
        end: End::Close,
        came: Some((answer.status(), body[..CAP].to_vec())),
    }
}

/// Plays a redirect to another host.
fn redirect(status: u16, elsewhere: &str) -> Played {
    whole(
        status,
        &format!("Location: {elsewhere}\r\nContent-Type: text/plain\r\n"),
        "elsewhere",
    )
}

const START: &[u8] = b"HTTP/1.1 200 Scripted\r\nContent-Type: application/js";
const JSON: &str = "Content-Type: application/json\r\n";
const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";
const PAGE: &str = "<html><body><h1>Bad Gateway</h1></body></html>";
const BUSY: &str = r#"{"type":"Busy","message":"later"}"#;

/// Much longer than anything takes.
const AMPLE: Limits = Limits {
    attempt: Some(Duration::from_secs(30)),
    total: Duration::from_secs(50),
};
/// What a stall takes the whole of: the attempts, and then the call, which has the last one.
const SHORT: Limits = Limits {
    attempt: Some(Duration::from_secs(1)),
    total: Duration::from_secs(4),
};
/// No time for a second attempt.
const ONE: Limits = Limits {
    attempt: None,
    total: Duration::from_secs(1),
};

const INTERRUPTED: Shape = Shape::Transport(TransportKind::Interrupted);
const TIMEOUT: Shape = Shape::Transport(TransportKind::Timeout);
const TOO_LARGE: Shape = Shape::Transport(TransportKind::TooLarge);

impl Fault {
    const fn new(name: &'static str, shape: Shape, repeats: Repeats, play: fn(&Message, &str) -> Played) -> Self {
        Self {
            name,
            acts: true,
            on_used_connection: false,
            play,
            shape,
            repeats,
            wait: Duration::ZERO,
            limits: AMPLE,
        }
    }

    /// The server gets no request.
    const fn before_the_server(self) -> Self {
        Self { acts: false, ..self }
    }

    const fn on_used_connection(self) -> Self {
        Self {
            on_used_connection: true,
            ..self
        }
    }

    const fn waits(self, wait: Duration) -> Self {
        Self { wait, ..self }
    }

    const fn limited(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Returns whether there is nobody to send to.
    pub(crate) fn is_refusal(&self) -> bool {
        self.shape == Shape::Transport(TransportKind::Connect)
    }

    /// Returns whether it is there to use a time limit up.
    pub(crate) fn stalls(&self) -> bool {
        self.limits != AMPLE
    }
}

/// The one fault that has no proxy: nobody listens.
pub(crate) static REFUSED: Fault = Fault::new(
    "connection refused",
    Shape::Transport(TransportKind::Connect),
    Repeats::Always,
    |_, _| no_response(b"", End::Close),
)
.before_the_server();

/// The others.
pub(crate) static FAULTS: [Fault; 32] = {
    use Repeats::{IfSafe, Never};
    use Shape::{Decode, Status, Success, Undocumented};
    [
        Fault::new("no fault", Success, Never, |answer, _| {
            whole(answer.status(), JSON, &answer.body)
        }),
        Fault::new("reset before the response", INTERRUPTED, IfSafe, |_, _| {
            no_response(b"", End::Reset)
        }),
        Fault::new("end before the response", INTERRUPTED, IfSafe, |_, _| {
            no_response(b"", End::Close)
        }),
        Fault::new("reset on a used connection", INTERRUPTED, IfSafe, |_, _| {
            no_response(b"", End::Reset)
        })
        .on_used_connection(),
        Fault::new("end on a used connection", INTERRUPTED, IfSafe, |_, _| {
            no_response(b"", End::Close)
        })
        .on_used_connection(),
        Fault::new("reset inside headers", INTERRUPTED, IfSafe, |_, _| {
            no_response(START, End::Reset)
        }),
        Fault::new("end inside headers", INTERRUPTED, IfSafe, |_, _| {
            no_response(START, End::Close)
        }),
        Fault::new("no HTTP", INTERRUPTED, IfSafe, |_, _| {
            no_response(b"SSH-2.0-server\r\n\r\n", End::Close)
        }),
        Fault::new("reset after headers", INTERRUPTED, IfSafe, |answer, _| Played {
            wire: head(answer.status(), &format!("{JSON}Content-Length: 500\r\n")),
            end: End::Reset,
            came: Some((answer.status(), Vec::new())),
        }),
        Fault::new("reset inside the body", INTERRUPTED, IfSafe, |answer, _| {
            half(answer, End::Reset)
        }),
        Fault::new("end inside the body", INTERRUPTED, IfSafe, |answer, _| {
            half(answer, End::Close)
        }),
        Fault::new("end between chunks", INTERRUPTED, IfSafe, |answer, _| {
            half_in_chunks(answer)
        }),
        Fault::new("stall before the response", TIMEOUT, IfSafe, |_, _| {
            no_response(b"", End::Stall)
        })
        .limited(SHORT),
        Fault::new("stall inside headers", TIMEOUT, IfSafe, |_, _| {
            no_response(START, End::Stall)
        })
        .limited(SHORT),
        Fault::new("stall inside the body", TIMEOUT, IfSafe, |answer, _| {
            half(answer, End::Stall)
        })
        .limited(SHORT),
        Fault::new("stall until the call is over", TIMEOUT, Never, |answer, _| {
            half(answer, End::Stall)
        })
        .limited(ONE),
        Fault::new("429, later by seconds", Undocumented, IfSafe, |_, _| {
            whole(429, &format!("{JSON}Retry-After: 1\r\n"), BUSY)
        })
        .before_the_server()
        .waits(Duration::from_secs(1)),
        Fault::new("503, later by seconds", Undocumented, IfSafe, |_, _| {
            whole(503, &format!("{JSON}Retry-After: 0\r\n"), BUSY)
        }),
        Fault::new("503, later by a date", Undocumented, IfSafe, |_, _| {
            let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(1));
            whole(503, &format!("{JSON}Retry-After: {date}\r\n"), BUSY)
        }),
        Fault::new("503, much later", Undocumented, Never, |_, _| {
            whole(503, &format!("{JSON}Retry-After: 3600\r\n"), BUSY)
        }),
        Fault::new("502 with HTML", Undocumented, IfSafe, |_, _| whole(502, HTML, PAGE)),
        Fault::new("401 with an empty body", Undocumented, Never, |_, _| whole(401, "", "")).before_the_server(),
        Fault::new("404 as documented", Status, Never, |_, _| {
            whole(
                404,
                JSON,
                r#"{"type":"NotFound","message":"Application was not found"}"#,
            )
        }),
        Fault::new("404 with HTML", Decode, Never, |_, _| whole(404, HTML, PAGE)),
        Fault::new("cut JSON", Decode, Never, |answer, _| {
            whole(answer.status(), JSON, &answer.body[..answer.body.len() / 2])
        }),
        Fault::new("no JSON at all", Decode, Never, |answer, _| {
            whole(answer.status(), JSON, "")
        }),
        Fault::new("HTML in place of JSON", Decode, Never, |answer, _| {
            whole(answer.status(), HTML, PAGE)
        }),
        Fault::new("JSON that is said to be HTML", Decode, Never, |answer, _| {
            whole(answer.status(), HTML, &answer.body)
        }),
        Fault::new("over the cap", TOO_LARGE, Never, |answer, _| too_large(answer, false)),
        Fault::new("over the cap in chunks", TOO_LARGE, Never, |answer, _| {
            too_large(answer, true)
        }),
        Fault::new("302 to another host", Undocumented, Never, |_, elsewhere| {
            redirect(302, elsewhere)
        })
        .before_the_server(),
        Fault::new("307 to another host", Undocumented, Never, |_, elsewhere| {
            redirect(307, elsewhere)
        })
        .before_the_server(),
    ]
};
