-- Whether a line holds a phone number or an e-mail address. Errs on the side of yes: outside the article such a line
-- is counted without its text. Phone: 9 digits and more from 0 or +84, hotlines 1800/1900, 7 digits after a label.
-- The first pattern is cheap and says no to most lines.
create or replace macro bantin.is_private(text) as
    case when regexp_matches(text, '[0-9][^\pL]{0,4}[0-9]|@|[\[(][aA]') then regexp_matches(text,
        '(?i)[\w.+-]@[\w-]+\.\w|\w\s*[\[(](at|a còng)[\])]'
        || '|(^|[^\d.,/-])\(?(\+\s?84|0)([\s.()-]{0,3}\d){8,}'
        || '|(^|\D)1[89]00([\s.-]?\d){4,6}'
        || '|(điện\s*thoại|hotline|đường\s*dây\s*nóng|\bđt|\btel|\bfax|\bphone|zalo)[^\d]{0,20}(\d[\s.()-]{0,3}){7,}')
    else false end;
