//! JSON lines while they come in.

use case_json_lines::operations::readings;
use case_json_lines::runtime::{Error, LineError, TransportKind};
use case_json_lines::schemas::Reading;
use futures_util::StreamExt as _;

use crate::fake::{Fake, Step};
use crate::{body, clients, sent_headers};

const NDJSON: &str = "application/x-ndjson";

fn step() -> Step {
    body(NDJSON, "{\"at\":1,\"value\":1.5}\n{\"at\":2,")
        .then(100, "\"value\":2}\r\n\r\n{\"at\":\"x\"}\n")
        .then(100, "{\"at\":3,\"value\":4")
        .then(10, "5}")
}

fn summary(line: Result<Reading, LineError>) -> String {
    match line {
        Ok(reading) => format!("{} {}", reading.at, reading.value),
        Err(error) => format!("{error:#}"),
    }
}

#[tokio::test]
async fn each_line_is_a_value() {
    let fake = Fake::new([step(), step()]);
    let (client, blocking) = clients!(case_json_lines, &fake);
    let mut response = readings::readings().lines(&client).await.unwrap();
    let mut found = Vec::new();
    while let Some(line) = response.next().await {
        if let Err(LineError::Undecodable(line)) = &line {
            assert_eq!((line.number, &line.text[..]), (4, b"{\"at\":\"x\"}".as_slice()));
            assert_eq!(line.error.pointer(), "/at");
        }
        found.push((fake.milliseconds(), summary(line)));
    }
    assert_eq!(found[0], (0, "1 1.5".to_owned()));
    assert_eq!(found[1], (100, "2 2".to_owned()));
    assert!(
        found[2]
            .1
            .starts_with("line 4 cannot be decoded: at /at: expected a number"),
        "{}",
        found[2].1
    );
    assert_eq!(found[3], (210, "3 45".to_owned()), "the last line has no end");
    assert_eq!(found.len(), 4);

    let response = readings::readings().lines_blocking(&blocking).unwrap();
    let again: Vec<String> = response.into_inner().map(summary).collect();
    assert_eq!(again, found.into_iter().map(|(_, line)| line).collect::<Vec<_>>());
    assert_eq!(
        sent_headers(&fake, "accept"),
        ["application/jsonl, application/x-ndjson"; 2]
    );
}

#[tokio::test]
async fn the_same_responses_as_a_whole() {
    let fake = Fake::new([
        Step::json(200, r#"[{"at":1,"value":2}]"#),
        body("application/json-seq", "\u{1e}{}\n"),
    ]);
    let (client, _) = clients!(case_json_lines, &fake);
    assert_eq!(readings::readings().send(&client).await.unwrap()[0].at, 1);
    assert_eq!(*readings::log().send(&client).await.unwrap(), "\u{1e}{}\n");
    assert_eq!(
        sent_headers(&fake, "accept"),
        ["application/json", "application/json-seq, application/json"]
    );
}

#[tokio::test]
async fn a_sequence_has_texts_of_several_lines() {
    let text = "\u{1e}{\n  \"level\": \"info\"\n}\n\u{1e}{\"level\":\u{1e}{\"level\":\"warn\"}\n";
    let fake = Fake::new([body("application/json-seq", text), body("application/json-seq", text)]);
    let (client, blocking) = clients!(case_json_lines, &fake);
    let response = readings::log().lines(&client).await.unwrap();
    let level = |line: Result<_, LineError>| {
        line.map(|entry: readings::LogLine| entry.level)
            .map_err(|error| format!("{error:#}"))
    };
    let found: Vec<_> = response.into_inner().map(level).collect().await;
    assert_eq!(found[0].as_deref(), Ok("info"));
    assert!(
        found[1].as_ref().unwrap_err().starts_with("line 2 cannot be decoded"),
        "{found:?}"
    );
    assert_eq!(found[2].as_deref(), Ok("warn"));
    let again: Vec<_> = readings::log()
        .lines_blocking(&blocking)
        .unwrap()
        .into_inner()
        .map(level)
        .collect();
    assert_eq!(again, found);

    // A number has to show that no digit of it is missing.
    let fake = Fake::new([
        body("application/json-seq", "\u{1e}12\n\u{1e}34"),
        body("application/jsonl", "12\n34"),
    ]);
    let (client, _) = clients!(case_json_lines, &fake);
    let response = readings::anything().lines(&client).await.unwrap();
    let found: Vec<bool> = response.into_inner().map(|line| line.is_ok()).collect().await;
    assert_eq!(found, [true, false]);
    let response = readings::anything().lines(&client).await.unwrap();
    let found: Vec<bool> = response.into_inner().map(|line| line.is_ok()).collect().await;
    assert_eq!(found, [true, true]);
}

#[tokio::test]
async fn a_connection_that_fails_ends_it() {
    let cut = || body(NDJSON, "{\"at\":1,\"value\":1}\n{\"at\":2,\"value\":2}").cut();
    let fake = Fake::new([cut(), cut(), step().stalled(), step().stalled()]);
    let (client, blocking) = clients!(case_json_lines, &fake);
    for kind in [TransportKind::Interrupted, TransportKind::Timeout] {
        let lines: Vec<_> = readings::readings()
            .lines(&client)
            .await
            .unwrap()
            .into_inner()
            .collect()
            .await;
        let again: Vec<_> = readings::readings()
            .lines_blocking(&blocking)
            .unwrap()
            .into_inner()
            .collect();
        for lines in [lines, again] {
            assert_eq!(lines[0].as_ref().unwrap().at, 1);
            let Some(Err(LineError::Transport(error))) = lines.last() else {
                panic!("{lines:?}")
            };
            assert_eq!(error.kind, kind);
            // What broke off is no line, though it may look like one.
            assert_eq!(lines.len(), if kind == TransportKind::Interrupted { 2 } else { 4 });
        }
    }
}

#[tokio::test]
async fn a_line_may_not_be_longer_than_the_caller_allows() {
    let text = format!(
        "{{\"at\":1,\"value\":1}}\n{{\"at\":1,\"value\":1{}}}\n{{\"at\":2,\"value\":2}}\n",
        "0".repeat(99)
    );
    let fake = Fake::new([body(NDJSON, &text), body(NDJSON, &text)]);
    let (client, blocking) = clients!(case_json_lines, &fake);
    let client = client.with(|options| options.max_response_size(20));
    let lines: Vec<_> = readings::readings()
        .lines(&client)
        .await
        .unwrap()
        .into_inner()
        .map(summary)
        .collect()
        .await;
    assert_eq!(lines, ["1 1", "line 2 has more than 20 bytes", "2 2"]);
    let blocking = blocking.with(|options| options.max_response_size(20));
    let again: Vec<_> = readings::readings()
        .lines_blocking(&blocking)
        .unwrap()
        .into_inner()
        .map(summary)
        .collect();
    assert_eq!(again, lines);
}

#[tokio::test]
async fn a_response_of_another_media_type_is_not_read_as_lines() {
    for (media_type, is_read) in [
        ("application/ndjson; charset=utf-8", true),
        ("application/jsonl", true),
        ("text/plain", true),
        ("application/octet-stream", true),
        ("application/json", false),
        ("text/html", false),
    ] {
        let fake = Fake::new([body(media_type, "[]"), body(media_type, "[]")]);
        let (client, blocking) = clients!(case_json_lines, &fake);
        let result = readings::anything().lines(&client).await.map(drop);
        assert_eq!(result.is_ok(), is_read, "{media_type}");
        if let Err(error) = result {
            assert!(matches!(error, Error::Decode(_)), "{error:?}");
            assert_eq!(error.response().unwrap().body, "[]");
        }
        assert_eq!(
            readings::anything().lines_blocking(&blocking).is_ok(),
            is_read,
            "{media_type}"
        );
    }
}
