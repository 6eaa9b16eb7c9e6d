// The names in MongoDB's reference manual (8.0, with what later versions added), supported or not.

const words = (text: string): string[] => text.trim().split(/\s+/);

export const queryOperators = words(`
	$eq $gt $gte $in $lt $lte $ne $nin
	$and $not $nor $or
	$exists $type
	$expr $jsonSchema $mod $regex $text $where
	$geoIntersects $geoWithin $near $nearSphere $box $center $centerSphere $geometry $maxDistance $minDistance $polygon $uniqueDocs
	$all $elemMatch $size
	$bitsAllClear $bitsAllSet $bitsAnyClear $bitsAnySet
	$comment $rand $sampleRate $natural $slice $meta $query $orderby $hint $explain $max $min $returnKey $showDiskLoc
`);

export const updateOperators = words(`
	$currentDate $inc $min $max $mul $rename $set $setOnInsert $unset
	$addToSet $pop $pull $push $pullAll $bit
	$each $position $slice $sort
	$pushAll $isolated $atomic
`);

export const stages = words(`
	$addFields $bucket $bucketAuto $changeStream $changeStreamSplitLargeEvent $collStats $count $currentOp $densify $documents
	$facet $fill $geoNear $graphLookup $group $indexStats $limit $listClusterCatalog $listLocalSessions $listSampledQueries
	$listSearchIndexes $listSessions $lookup $match $merge $out $planCacheStats $project $querySettings $queryStats $rankFusion
	$redact $replaceRoot $replaceWith $sample $score $scoreFusion $search $searchMeta $set $setWindowFields
	$shardedDataDistribution $skip $sort $sortByCount $unionWith $unset $unwind $vectorSearch
`);

export const accumulators = words(`
	$accumulator $addToSet $avg $bottom $bottomN $concatArrays $count $first $firstN $last $lastN $max $maxN $median $mergeObjects
	$min $minN $percentile $push $setUnion $stdDevPop $stdDevSamp $sum $top $topN
	$covariancePop $covarianceSamp $denseRank $derivative $documentNumber $expMovingAvg $integral $linearFill $locf $minMaxScaler
	$rank $shift
`);

export const expressions = words(`
	$abs $accumulator $acos $acosh $add $addToSet $allElementsTrue $and $anyElementTrue $arrayElemAt $arrayToObject $asin $asinh
	$atan $atan2 $atanh $avg $binarySize $bitAnd $bitNot $bitOr $bitXor $bottom $bottomN $bsonSize $ceil $cmp $concat
	$concatArrays $cond $convert $cos $cosh $count $covariancePop $covarianceSamp $createObjectId $dateAdd $dateDiff $dateFromParts
	$dateFromString $dateSubtract $dateToParts $dateToString $dateTrunc $dayOfMonth $dayOfWeek $dayOfYear $degreesToRadians
	$denseRank $derivative $deserializeEJSON $divide $documentNumber $encStrContains $encStrEndsWith $encStrNormalizedEq
	$encStrStartsWith $eq $exp $expMovingAvg $filter $first $firstN $floor $function $getField $gt $gte $hash $hexHash $hour
	$ifNull $in $indexOfArray $indexOfBytes $indexOfCP $integral $isArray $isNumber $isoDayOfWeek $isoWeek $isoWeekYear $last
	$lastN $let $linearFill $literal $ln $locf $log $log10 $lt $lte $ltrim $map $max $maxN $median $mergeObjects $meta
	$millisecond $min $minN $minute $mod $month $multiply $ne $not $objectToArray $or $percentile $pow $push $radiansToDegrees
	$rand $range $rank $reduce $regexFind $regexFindAll $regexMatch $replaceAll $replaceOne $reverseArray $round $rtrim $sampleRate
	$second $serializeEJSON $setDifference $setEquals $setField $setIntersection $setIsSubset $setUnion $shift $sigmoid $similarityCosine
	$similarityDotProduct $similarityEuclidean $sin $sinh $size $slice $sortArray $split $sqrt $stdDevPop $stdDevSamp $strLenBytes
	$strLenCP $strcasecmp $substr $substrBytes $substrCP $subtract $subtype $sum $switch $tan $tanh $toArray $toBool $toDate
	$toDecimal $toDouble $toHashedIndexKey $toInt $toLong $toLower $toObject $toObjectId $toString $toUUID $toUpper $top $topN
	$trim $trunc $tsIncrement $tsSecond $type $unsetField $week $year $zip
`);

export const variables = words(
	'$$NOW $$CLUSTER_TIME $$ROOT $$CURRENT $$REMOVE $$DESCEND $$PRUNE $$KEEP $$SEARCH_META $$SEARCH_SCORE $$USER_ROLES',
);
