-- Search key of Vietnamese text: lower case, NFD, marks dropped, đ → d; Ð, Ɖ and ð are typed for Đ and đ.
-- The same function as pipelines.text.fold; tests/test_store.py holds them against each other.
create or replace macro fold(text) as
    replace(lower(strip_accents(nfc_normalize(translate(text, 'ÐƉð', 'ĐĐđ')))), 'đ', 'd');
