-- A wait between two talks is no service. Of a talk that an update finds over, the
-- length is known if there was one only: what was set aside or sent on in between, is not.
ALTER TABLE ticket ADD COLUMN last_call TEXT;

ALTER TABLE ticket ADD COLUMN talk_since TEXT;

ALTER TABLE ticket ADD COLUMN talked_s REAL DEFAULT 0;

UPDATE ticket SET last_call = ifnull((
    SELECT moment FROM journal
    WHERE kind IN ('TicketCalled', 'TicketTakenUp') AND json_extract(body, '$.ticket') = ticket.id
    ORDER BY journal.id DESC LIMIT 1
), first_call)
WHERE first_call IS NOT NULL;

UPDATE ticket SET talk_since = ifnull((
    SELECT moment FROM journal
    WHERE kind = 'ServiceStarted' AND json_extract(body, '$.ticket') = ticket.id
    ORDER BY journal.id DESC LIMIT 1
), started)
WHERE state = 'serving';

UPDATE ticket SET talked_s = CASE
    WHEN EXISTS (
        SELECT 1 FROM journal
        WHERE kind IN ('TicketParked', 'TicketTransferred', 'TicketTakenUp', 'TicketPutBack')
        AND json_extract(body, '$.ticket') = ticket.id
    ) THEN NULL
    WHEN state = 'serving' THEN 0
    WHEN substr(ended, 1, instr(ended, ' ')) = substr(started, 1, instr(started, ' ')) THEN
        max(0, CAST(substr(ended, instr(ended, ' ') + 1) AS REAL)
            - CAST(substr(started, instr(started, ' ') + 1) AS REAL))
    END
WHERE started IS NOT NULL;

UPDATE ticket SET talked_s = NULL WHERE started IS NULL AND record IS NOT NULL;
