-- Search key of Vietnamese text: lower case, marks dropped, đ → d; Ð, Ɖ and ð are typed for Đ and đ. NFC or NFD.
-- The same function as pipelines.text.fold; tests/test_store.py holds them against each other.
create or replace macro fold(text) as lower(translate(strip_accents(text), 'ĐđÐðƉ', 'ddddd'));
