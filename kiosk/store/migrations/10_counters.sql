-- Counters cross no more than what is published crossed, in one table; keys are JSON as Python writes them.
CREATE TABLE counter (
    period TEXT NOT NULL,
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 0),
    PRIMARY KEY (period, name, key)
) STRICT, WITHOUT ROWID;

INSERT INTO counter SELECT period, 'stop_topic', json_array(stop, topic), sum(count)
FROM ticket_counter GROUP BY period, stop, topic;

INSERT INTO counter SELECT period, 'stop_hour', json_array(stop, hour), sum(count)
FROM ticket_counter GROUP BY period, stop, hour;

INSERT INTO counter SELECT period, 'topic_outcome', json_array(topic, outcome), sum(count)
FROM ticket_counter GROUP BY period, topic, outcome;

INSERT INTO counter SELECT period, 'visit', json_array(stop, date), count FROM visit_counter;

INSERT INTO counter SELECT period, 'stop_score', json_array(stop, score), sum(count)
FROM feedback_counter GROUP BY period, stop, score;

INSERT INTO counter SELECT period, 'hour_score', json_array(hour, score), sum(count)
FROM feedback_counter GROUP BY period, hour, score;

INSERT INTO counter SELECT period, 'record', json_array(item, value), count FROM record_counter;

-- Languages stood under their quarter, 2026-Q4: they go into its last month.
INSERT INTO counter
SELECT CASE period WHEN '' THEN '' ELSE substr(period, 1, 5) || substr('03060912', 2 * substr(period, 7, 1) - 1, 2) END,
    'language', json_array(language), sum(count)
FROM language_counter GROUP BY period, language;

DROP TABLE ticket_counter;

DROP TABLE visit_counter;

DROP TABLE feedback_counter;

DROP TABLE record_counter;

DROP TABLE language_counter;
