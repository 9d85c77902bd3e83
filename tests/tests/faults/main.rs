//! Every operation with every fault of a connection and of a server, by both clients: the error says what happened and
//! keeps what came, in time, and nothing that has effects is sent twice unless the caller says so.
//!
//! A proxy stands between the client and the emulator. It passes a request on where the server acts on it, and breaks
//! the response; both count.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

mod caller;
mod operations;
mod proxy;
mod table;

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use emulator::Emulator;
use losant_data::ids::ApplicationId;
use losant_data::operations::data_tables;
use losant_data::runtime::{Backoff, Options};
use losant_data::{BlockingClient, ClientBuilder};
use socket2::{Domain, SockAddr, Socket, Type};

use self::caller::{Caller, Kind, Outcome, Shape};
use self::operations::{OPERATIONS, Operation, Place};
use self::proxy::{PASS, Proxy};
use self::table::{CAP, FAULTS, Fault, Played, REFUSED, Repeats};

/// How many lanes there are at a time: most of them wait most of the time.
const LANES: usize = 20;

/// What a busy machine may add to a time limit.
const GRACE: Duration = Duration::from_secs(3);

#[test]
fn every_operation_of_the_document_is_called() {
    let paths = emulator::spec::mended()["paths"].clone();
    let items = paths.as_object().unwrap().values();
    let operations = items.flat_map(|item| item.as_object().unwrap().values());
    let mut ids: Vec<&str> = operations
        .filter_map(|operation| operation["operationId"].as_str())
        .collect();
    ids.sort_unstable();
    let mut called = OPERATIONS.map(|operation| operation.id);
    called.sort_unstable();
    assert_eq!(called, ids[..]);
}

#[test]
fn every_fault_is_reported_and_no_effect_happens_twice() {
    let kinds = [Kind::Async, Kind::Blocking];
    let lanes: Vec<(&Operation, Kind)> = OPERATIONS
        .iter()
        .flat_map(|operation| kinds.map(|kind| (operation, kind)))
        .collect();
    let next = AtomicUsize::new(0);
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..LANES {
            scope.spawn(|| {
                while let Some((operation, kind)) = lanes.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = Lane::new(operation, *kind).run();
                    wrong.lock().unwrap().extend(found);
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// When the client tries again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Policy {
    /// By default, but sooner.
    Default,
    /// Twice, whatever the operation does.
    RetryUnsafe,
}

impl Policy {
    fn set(self, options: Options) -> Options {
        let soon = Backoff::default().delays(Duration::from_millis(1), Duration::from_millis(2));
        match self {
            Self::Default => options.retry(soon),
            Self::RetryUnsafe => options.retry(soon.retry_unsafe().attempts(2)),
        }
    }

    /// Returns how often a call is sent.
    fn attempts(self, operation: &Operation, fault: &Fault) -> u32 {
        match (self, fault.repeats) {
            (_, Repeats::Never) => 1,
            (Self::RetryUnsafe, _) => 2,
            (Self::Default, Repeats::IfSafe) if operation.has_effects => 1,
            (Self::Default, _) => 3,
        }
    }
}

/// One operation by one client, with an emulator and a proxy of its own.
struct Lane {
    operation: &'static Operation,
    kind: Kind,
    emulator: Emulator,
    proxy: Proxy,
    /// Who redirects lead to; nobody may come.
    elsewhere: TcpListener,
    /// Goes to the emulator by a way without faults.
    direct: BlockingClient,
}

impl Lane {
    fn new(operation: &'static Operation, kind: Kind) -> Self {
        let emulator = Emulator::start(emulator::Options::default()).unwrap();
        let upstream = emulator.url().strip_prefix("http://").unwrap().parse().unwrap();
        let elsewhere = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        elsewhere.set_nonblocking(true).unwrap();
        let port = elsewhere.local_addr().unwrap().port();
        Self {
            operation,
            kind,
            proxy: Proxy::start(upstream, format!("http://localhost:{port}/elsewhere")),
            elsewhere,
            direct: builder(emulator.url()).build_blocking().unwrap(),
            emulator,
        }
    }

    /// Goes through all faults, and says what is wrong.
    fn run(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for policy in [Policy::Default, Policy::RetryUnsafe] {
            let caller = self.caller(policy, self.proxy.url());
            for fault in &FAULTS {
                // What a stall costs is time.
                if policy == Policy::Default || !fault.stalls() {
                    wrong.extend(self.cell(policy, fault, &caller));
                }
            }
            let nobody = nobody();
            let address = nobody.local_addr().unwrap().as_socket().unwrap();
            let caller = self.caller(policy, format!("http://{address}"));
            wrong.extend(self.cell(policy, &REFUSED, &caller));
        }
        assert_eq!(self.emulator.refused(), []);
        assert_eq!(self.emulator.faults(), Vec::<String>::new());
        wrong
    }

    fn caller(&self, policy: Policy, url: String) -> Caller {
        let builder = builder(url).options(|options| policy.set(options).max_response_size(CAP));
        Caller::new(self.kind, builder)
    }

    /// Returns how often the emulator was asked to do the operation.
    fn done(&self) -> u64 {
        self.emulator
            .requests()
            .get(self.operation.id)
            .copied()
            .unwrap_or_default()
    }

    /// Makes one call, and says what is wrong with its end.
    fn cell(&self, policy: Policy, fault: &'static Fault, caller: &Caller) -> Option<String> {
        let place = Place::make(&self.direct);
        if fault.on_used_connection {
            let application: ApplicationId = emulator::APPLICATION.parse().unwrap();
            let passes = caller.with(|options| options.header(PASS, "1"));
            let outcome = passes.call(&data_tables::get(application).per_page("1"));
            assert_eq!(outcome.shape, Shape::Success, "{outcome:?}");
        }
        let limits = fault.limits;
        let caller = caller.with(|options| options.attempt_timeout(limits.attempt).timeout(limits.total));
        let before = self.done();
        self.proxy.play(fault);
        let start = Instant::now();
        let outcome = (self.operation.call)(&caller, place);
        let took = start.elapsed();

        let (seen, played) = self.proxy.seen();
        let attempts = policy.attempts(self.operation, fault);
        let done = if fault.acts { attempts } else { 0 };
        let least = match limits.attempt {
            Some(limit) if fault.stalls() => limit * attempts,
            None => limits.total,
            Some(_) => fault.wait * (attempts - 1),
        };
        let nobody = self.elsewhere.accept().map_err(|error| error.kind());
        let mut wrong = check(fault, &outcome, played, attempts);
        for (is_so, what) in [
            (seen == if fault.is_refusal() { 0 } else { attempts }, "requests sent"),
            (self.done() - before == u64::from(done), "requests acted upon"),
            (took >= least, "too soon"),
            (took < limits.total + GRACE, "too late"),
            (
                nobody.is_err_and(|kind| kind == ErrorKind::WouldBlock),
                "the other host was asked",
            ),
        ] {
            wrong.extend((!is_so).then_some(what));
        }
        (!wrong.is_empty()).then(|| {
            format!(
                "{} with {} by {:?}, {policy:?}: {}: {seen} requests sent, {} acted upon, {outcome:?} after {took:?}",
                self.operation.id,
                fault.name,
                self.kind,
                wrong.join(", "),
                self.done() - before
            )
        })
    }
}

/// Returns what the caller sees that differs from what happened.
fn check(fault: &Fault, outcome: &Outcome, played: Option<Played>, attempts: u32) -> Vec<&'static str> {
    let is_transport = matches!(fault.shape, Shape::Transport(_));
    let secrets = [emulator::TOKEN, "127.0.0.1", "localhost"];
    let came = played.and_then(|played| played.came);
    let kept = outcome.response.as_ref();
    let checks = [
        (outcome.shape == fault.shape, "the kind of the error"),
        (
            !is_transport || outcome.attempts == Some(attempts),
            "the number of attempts",
        ),
        (
            outcome.words.is_empty() == (fault.shape == Shape::Success),
            "the words of the error",
        ),
        (
            !secrets.iter().any(|word| outcome.words.contains(word)),
            "a secret in the words",
        ),
        (
            kept.map(|(status, _, body)| (*status, body.clone())) == came,
            "what is kept of the response",
        ),
        (
            kept.is_none_or(|(_, headers, _)| headers.contains_key("via")),
            "the headers of the response",
        ),
    ];
    let wrong = checks.into_iter().filter(|(is_so, _)| !is_so);
    wrong.map(|(_, what)| what).collect()
}

fn builder(url: String) -> ClientBuilder {
    ClientBuilder::default().base_url(url).token(emulator::TOKEN)
}

/// Returns a socket whose port nobody else gets, and on which nobody listens.
fn nobody() -> Socket {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    socket.bind(&SockAddr::from(any)).unwrap();
    socket
}
