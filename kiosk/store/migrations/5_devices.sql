-- A device's condition has other fields now; each says anew how it is when the panel starts.
DELETE FROM journal WHERE kind = 'DeviceChanged';
