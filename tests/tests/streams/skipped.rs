//! What a document says of its responses that a crate does not express: nothing of it is dropped in silence.

use generator::{Input, Options, Run, generate};

const TABLES: &str = "\
openapi: 3.1.0
info: {title: Tables, version: 1.0.0}
paths:
  /tables:
    get:
      operationId: tables
      responses:
        '200':
          description: The tables.
          content:
            application/json: {schema: {$ref: '#/components/schemas/Table'}}
            text/json: {schema: {$ref: '#/components/schemas/Table'}}
            text/*: {schema: {type: string}}
            multipart/mixed: {schema: {type: object}}
            application/x-ndjson: {schema: {$ref: '#/components/schemas/Table'}}
            application/json-seq: {schema: {type: string}}
        '409':
          description: They are being changed.
          content:
            application/json: {schema: {type: object}}
            text/plain: {schema: {type: string}}
components:
  schemas:
    Table: {type: object, required: [rows], properties: {rows: {type: integer}}}
";

const CHATS: &str = "\
openapi: 3.1.0
info: {title: Chats, version: 1.0.0}
paths:
  /chats:
    get:
      operationId: chat
      responses:
        '200':
          description: Words.
          content:
            text/event-stream: {schema: {type: string}, x-event-end: true}
";

fn run(text: &str) -> Run {
    let input = Input {
        name: "openapi.yaml",
        text,
        overlays: &[],
    };
    generate(&input, &Options::new("left-out"))
}

#[test]
fn media_types_that_are_not_asked_for_have_a_line() {
    let tsv = run(TABLES).output.unwrap().ledger.to_tsv();
    let mut found: Vec<(&str, &str)> = Vec::new();
    for line in tsv.lines().filter(|line| line.contains("/responses/")) {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!((cells[1], cells[2]), ("schema", "degraded"), "{line}");
        found.push((cells[0].rsplit('/').next().unwrap(), cells[3]));
    }
    assert_eq!(
        found,
        [
            (
                "application~1json-seq",
                "its items are decoded as those of `application/x-ndjson`"
            ),
            ("multipart~1mixed", "responses that are forms are not decoded"),
            ("text~1*", "a media type range is not requested beside others"),
            (
                "text~1json",
                "it has the same schema as `application/json`, which is requested"
            ),
            ("text~1plain", "a failure is only decoded as `application/json`"),
        ]
    );
}

#[test]
fn the_end_of_events_is_a_text() {
    let run = run(CHATS);
    assert!(run.output.is_some());
    let reported: Vec<_> = run.diagnostics.iter().collect();
    assert_eq!(reported.len(), 1, "{reported:?}");
    assert_eq!(reported[0].code, "extension-value");
    let pointer = reported[0].pointer.to_string();
    assert!(
        pointer.ends_with("/content/text~1event-stream/x-event-end"),
        "{pointer}"
    );
}
