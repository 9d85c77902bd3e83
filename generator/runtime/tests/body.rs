//! Bodies that are sent in chunks, and uploads.

#![allow(clippy::unwrap_used, reason = "what cannot be read fails the test")]

use std::io::{Read, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use apicrate_runtime::codegen::{Multipart, Payload};
use apicrate_runtime::{Body, Upload};
use bytes::Bytes;

/// Gives `left` bytes, and counts those that were asked of it.
struct Counted {
    left: u64,
    given: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.left.min(buffer.len() as u64);
        buffer[..usize::try_from(count).unwrap()].fill(b'x');
        self.left -= count;
        self.given.fetch_add(count, Ordering::SeqCst);
        Ok(usize::try_from(count).unwrap())
    }
}

fn body_of(payload: Payload) -> Body {
    match payload {
        Payload::Composed { body, faults, .. } => {
            assert_eq!(faults, []);
            body
        }
        other => panic!("{other:?} is not composed"),
    }
}

fn uploaded(upload: &Upload) -> Body {
    body_of(Payload::upload("application/octet-stream", upload))
}

fn read(body: Body) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    body.into_reader().read_to_end(&mut bytes).map(|_| bytes)
}

#[test]
fn in_one_piece() {
    let nothing = Body::empty();
    assert_eq!((nothing.len(), nothing.bytes()), (Some(0), Some(&Bytes::new())));
    assert!(nothing.is_empty());

    let body = uploaded(&Upload::from("secret"));
    assert_eq!((body.len(), body.bytes()), (Some(6), Some(&Bytes::from("secret"))));
    assert!(!format!("{body:?} {:?}", Upload::from("secret")).contains("secret"));
    assert_eq!(read(body.try_clone().unwrap()).unwrap(), b"secret");
    assert_eq!(read(body).unwrap(), b"secret");
}

#[test]
fn readers_are_read_while_they_are_sent_and_once() {
    let given = Arc::new(AtomicU64::new(0));
    let size = 64 * 1024 * 1024;
    let counted = Counted {
        left: size,
        given: Arc::clone(&given),
    };
    let upload = Upload::sized_reader(counted, size);
    let body = uploaded(&upload);
    assert_eq!((body.len(), body.bytes()), (Some(size), None));
    assert!(body.try_clone().is_none());

    let mut reader = body.into_reader();
    let mut buffer = [0; 4096];
    assert_eq!(given.load(Ordering::SeqCst), 0);
    reader.read_exact(&mut buffer).unwrap();
    assert_eq!(given.load(Ordering::SeqCst), 4096);
    let rest = std::io::copy(&mut reader, &mut std::io::sink()).unwrap();
    assert_eq!(rest, size - 4096);

    // A second request of the same call says why there is nothing left.
    let error = read(uploaded(&upload)).unwrap_err();
    assert!(error.to_string().contains("sent before"), "{error}");
}

#[test]
fn a_promised_length_is_kept() {
    let short = Upload::sized_reader(&b"abc"[..], 5);
    let error = read(uploaded(&short)).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::UnexpectedEof);
    assert!(error.to_string().contains("2 bytes early"), "{error}");
    let long = Upload::sized_reader(&b"abcdefg"[..], 5);
    assert_eq!(read(uploaded(&long)).unwrap(), b"abcde");
    let open = uploaded(&Upload::reader(&b"abc"[..]));
    assert_eq!(open.len(), None);
    assert_eq!(read(open).unwrap(), b"abc");
}

#[test]
fn files() {
    let folder = std::env::temp_dir().join(format!("apicrate-runtime-body-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("notes.txt");
    std::fs::File::create(&path).unwrap().write_all(b"some notes").unwrap();

    let upload = Upload::file(&path);
    let body = uploaded(&upload);
    assert_eq!((body.len(), body.bytes()), (Some(10), None));
    assert_eq!(read(body.try_clone().unwrap()).unwrap(), b"some notes");
    // A file that shrinks after its length was sent is incomplete.
    std::fs::write(&path, b"some").unwrap();
    assert!(read(body).is_err());

    let form = body_of(
        Multipart::new("multipart/form-data")
            .files("file", [&upload], "")
            .payload_with(boundary),
    );
    let text = String::from_utf8(read(form).unwrap()).unwrap();
    assert!(text.contains("; filename=\"notes.txt\"\r\n"), "{text}");

    // A missing file is reported before anything is sent.
    match Payload::upload("text/plain", &Upload::file(folder.join("missing"))) {
        Payload::Composed { faults, .. } => assert!(faults[0].message.contains("cannot be read"), "{faults:?}"),
        other => panic!("{other:?} is not composed"),
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

fn boundary() -> String {
    "b".to_owned()
}
