-- Events that are called after what they tell; the journal of an open visit may hold older ones.
UPDATE journal SET kind = 'TopicsChanged' WHERE kind = 'OfferChanged';
UPDATE journal SET kind = 'SampleRequested' WHERE kind = 'SoundTried';
UPDATE journal SET kind = 'TicketsImported' WHERE kind = 'RollTakenIn';
