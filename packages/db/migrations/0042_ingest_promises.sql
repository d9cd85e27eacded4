-- What the comments promise about ingestion changes: how long keys of items are known, how answers are kept, and how many
-- metrics a tenant may name. Locks: none that matters, comments alone.
set local role rookery_owner;
comment on table monitoring.ingest_item is
  'Items that were written already, by the key under which each counts once. Swept after 30 days: an item is taken until it is 29 days old.';
comment on column monitoring.ingest_item.key is
  'Key of the item: id: and what its sender calls it, at: and what the door made up, or what a producer on the queue chose.';
comment on column monitoring.idempotency_key.body is
  'Body of the answer: as it was sent, or packed with Brotli and in base64 after br:. Null while it is running.';
comment on column monitoring.api_key.key_hash is 'SHA-256 in hex of the whole text of the key, its checksum included.';
comment on table monitoring.metric_catalogue is
  'What each metric measures: type and unit by its name. Senders choose names: at most about 10,000 of a tenant are noted, and metrics beyond them count without being noted.';
reset role;
